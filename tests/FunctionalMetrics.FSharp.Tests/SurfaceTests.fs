module FunctionalMetrics.FSharp.Tests.SurfaceTests

open System
open System.Reflection
open FunctionalMetrics.FSharp
open Xunit

let private surface = typeof<RocCurve>.Assembly

let private declared = BindingFlags.Public ||| BindingFlags.Instance ||| BindingFlags.Static ||| BindingFlags.DeclaredOnly

let rec private mentions (mentioned: Type) : Type seq =
    seq {
        yield mentioned

        if mentioned.HasElementType then
            match mentioned.GetElementType() with
            | null -> ()
            | element -> yield! mentions element

        for argument in mentioned.GetGenericArguments() do
            if not argument.IsGenericParameter then
                yield! mentions argument
    }

let private signature (method: MethodInfo) = method.GetParameters() |> Seq.map _.ParameterType |> Seq.append [ method.ReturnType ]

[<Fact>]
let ``No LanguageExt type stands in a signature, but where they are turned into F# types`` () =
    let found =
        [
            for declaring in surface.GetExportedTypes() do
                if declaring.Name <> "Interop" then
                    for method in declaring.GetMethods declared do
                        for mentioned in signature method |> Seq.collect mentions do
                            if string mentioned.Namespace |> _.StartsWith("LanguageExt") then
                                yield $"{declaring.Name}.{method.Name}: {mentioned.Name}"
        ]

    Assert.Empty found

[<Fact>]
let ``No public member of a result that F# sees as it is speaks LanguageExt`` () =
    let found =
        [
            for declaring in surface.GetExportedTypes() do
                for method in declaring.GetMethods declared do
                    for result in mentions method.ReturnType do
                        // Core's own values are there for C# libraries, and its states, batches and errors are opaque here.
                        let isResult = result.Name.EndsWith "Result" || result.Name.EndsWith "Curve" || result.Name.EndsWith "Point"

                        if isResult && result.Assembly <> surface && method.Name <> "get_Core" && method.Name <> "op_Implicit" then
                            for inner in result.GetMethods declared do
                                for mentioned in signature inner |> Seq.collect mentions do
                                    if string mentioned.Namespace |> _.StartsWith("LanguageExt") then
                                        yield $"{declaring.Name}.{method.Name}: {result.Name}.{inner.Name}"
        ]

    Assert.Empty found

/// What the compiler writes by itself, such as the equality of records.
let private written = typeof<Runtime.CompilerServices.CompilerGeneratedAttribute>

[<Fact>]
let ``Everything public is documented`` () =
    let documentation = IO.File.ReadAllText(surface.Location.Replace(".dll", ".xml"))

    let missing =
        [
            for declaring in surface.GetExportedTypes() do
                for method in
                    declaring.GetMethods declared
                    |> Seq.filter (fun method -> not (method.Name.Contains "__debug" || method.IsDefined(written, false))) do
                    let isProperty = method.IsSpecialName && method.Name.StartsWith "get_"

                    let id =
                        (declaring.FullName |> string).Replace('+', '.')
                        + "."
                        + (if isProperty then method.Name.Substring 4 else method.Name)

                    if not (documentation.Contains $"{id}\"" || documentation.Contains $"{id}(" || documentation.Contains $"{id}``") then
                        yield id
        ]

    Assert.Empty missing
