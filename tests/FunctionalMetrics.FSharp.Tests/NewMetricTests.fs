module FunctionalMetrics.FSharp.Tests.NewMetricTests

open System
open System.IO
open Xunit

let private copy (from: string) (into: string) =
    for file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories) do
        let name = Path.GetRelativePath(from, file)

        if not (name.Split Path.DirectorySeparatorChar |> Array.exists (fun part -> part = "bin" || part = "obj")) then
            let target = Path.Combine(into, name)
            Directory.CreateDirectory(nonNull (Path.GetDirectoryName target)) |> ignore
            File.Copy(file, target)

/// Builds a copy of the repository with one more file in Core: the slowest test there is.
[<Fact; Trait("Category", "Slow")>]
let ``A new metric is one file in Core`` () =
    let folder = Directory.CreateTempSubdirectory("functional-metrics-").FullName
    let own = Path.Combine(Tool.repository, "tests", "FunctionalMetrics.FSharp.Tests", "NewMetric")
    let library = Path.Combine(folder, "src", "FunctionalMetrics.FSharp")
    let build = Tool.output.Split Path.DirectorySeparatorChar |> Array.item 1

    try
        for project in [ "FunctionalMetrics.Core"; "FunctionalMetrics.Generator"; "FunctionalMetrics.FSharp" ] do
            copy (Path.Combine(Tool.repository, "src", project)) (Path.Combine(folder, "src", project))

        for file in
            Directory.EnumerateFiles(Tool.repository, "Directory.*") |> Seq.append [ Path.Combine(Tool.repository, ".editorconfig") ] do
            File.Copy(file, Path.Combine(folder, nonNull (Path.GetFileName file)))

        File.Copy(
            Path.Combine(own, "SpecificityAtRecall.cs"),
            Path.Combine(folder, "src", "FunctionalMetrics.Core", "Metrics", "SpecificityAtRecall.cs")
        )

        let build () = Tool.dotnet [ "build"; library; "-c"; build; "-m"; "-nodeReuse:false"; "--disable-build-servers"; "-v"; "q" ]
        let generated = Path.Combine(library, "obj", "Generated", "Metrics.fs")

        let code, text, _ = build ()
        Assert.True((code = 0), text)
        Assert.Contains("module SpecificityAtRecall =", File.ReadAllText generated)
        Assert.Contains("## SpecificityAtRecall", File.ReadAllText(Path.Combine(library, "obj", "Generated", "metrics.md")))

        let written = File.GetLastWriteTimeUtc generated
        let code, text, _ = build ()
        Assert.True((code = 0), text)
        Assert.Equal(written, File.GetLastWriteTimeUtc generated)

        Assert.Equal(
            (0, "Ok (Ok (0.5, 1.0, Ok 0.5))", ""),
            Tool.fsi (Path.Combine(library, Tool.output)) (Path.Combine(own, "specificity.fsx"))
        )
    finally
        Directory.Delete(folder, true)
