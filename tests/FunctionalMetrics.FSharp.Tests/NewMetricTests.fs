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

/// Builds a copy of the repository with one more file in Core, and then with a fault in that: the slowest test there is.
[<Fact; Trait("Category", "Slow")>]
let ``A new metric is one file in Core, and stands on all surfaces`` () =
    let folder = Directory.CreateTempSubdirectory("functional-metrics-").FullName
    let own = Path.Combine(Tool.repository, "tests", "FunctionalMetrics.FSharp.Tests", "NewMetric")
    let library = Path.Combine(folder, "src", "FunctionalMetrics.FSharp")
    let shell = Path.Combine(folder, "src", "FunctionalMetrics")
    let build = Tool.output.Split Path.DirectorySeparatorChar |> Array.item 1

    try
        for project in [ "FunctionalMetrics.Core"; "FunctionalMetrics.Generator"; "FunctionalMetrics.FSharp"; "FunctionalMetrics" ] do
            copy (Path.Combine(Tool.repository, "src", project)) (Path.Combine(folder, "src", project))

        for file in
            Directory.EnumerateFiles(Tool.repository, "Directory.*") |> Seq.append [ Path.Combine(Tool.repository, ".editorconfig") ] do
            File.Copy(file, Path.Combine(folder, nonNull (Path.GetFileName file)))

        File.Copy(
            Path.Combine(own, "SpecificityAtRecall.cs"),
            Path.Combine(folder, "src", "FunctionalMetrics.Core", "Metrics", "SpecificityAtRecall.cs")
        )

        let buildOf project = Tool.dotnet [ "build"; project; "-c"; build; "-m"; "-nodeReuse:false"; "--disable-build-servers"; "-v"; "q" ]
        let build () = buildOf library
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
            Tool.fsi (Path.Combine(library, Tool.output)) (Path.Combine(own, "specificity.fsx")) []
        )

        let code, text, _ = buildOf shell
        Assert.True((code = 0), text)

        Assert.Contains(
            "public sealed record PixelSpecificityAtRecallMetric",
            File.ReadAllText(Path.Combine(shell, "obj", "Generated", "Metrics.cs"))
        )

        Assert.Contains("SpecificityAtRecallAsync<T>", File.ReadAllText(Path.Combine(shell, "obj", "Generated", "Queries.cs")))

        Assert.Equal(
            (0, "specificity at recall 0.5, merged 0.5, evaluated 1", ""),
            Tool.fsi (Path.Combine(library, Tool.output)) (Path.Combine(own, "shell.fsx")) [ Path.Combine(shell, Tool.output) ]
        )

        let second = Path.Combine(folder, "src", "FunctionalMetrics.Core", "Metrics", "SpecificityAtRecall.cs")
        File.WriteAllText(second, (File.ReadAllText second).Replace("Source:", "From:"))
        let code, text, _ = build ()
        let problem = "error FM0001: The documentation of SpecificityAtRecall lacks a paragraph that begins with \"Source:\"."
        Assert.Equal(1, code)
        Assert.Contains(problem, text)
        Assert.All(text.Split '\n' |> Seq.filter (fun line -> line.Contains ": error "), (fun line -> Assert.Contains(problem, line)))
    finally
        Directory.Delete(folder, true)
