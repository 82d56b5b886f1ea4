module FunctionalMetrics.FSharp.Tests.NewMetricTests

open System
open System.Diagnostics
open System.IO
open System.Text.Json.Nodes
open FunctionalMetrics.TestSupport
open Xunit

let private own = Repository.Path("tests", "FunctionalMetrics.FSharp.Tests", "NewMetric")
let private key = "specificity_at_recall"
let private title = "specificity at recall 0.95"

/// All of src with one more file in Core, built once for all tests here.
type SourceCopy() =
    let folder = new TemporaryFolder()
    let src = Path.Combine(folder.Path, "src")
    let output project = Path.Combine(src, project, Tool.output)

    do
        Repository.Copy(
            folder.Path,
            Directory.GetDirectories(Repository.Path "src") |> Array.map (fun path -> nonNull (Path.GetFileName path))
        )

        File.Copy(
            Path.Combine(own, "SpecificityAtRecall.cs"),
            Path.Combine(src, "FunctionalMetrics.Core", "Metrics", "SpecificityAtRecall.cs")
        )

        folder.Write(
            "all.proj",
            $"""
            <Project>
              <Target Name="Build">
                <MSBuild
                  Projects="src/FunctionalMetrics.Cli/FunctionalMetrics.Cli.csproj;src/FunctionalMetrics.FSharp/FunctionalMetrics.FSharp.fsproj"
                  Targets="Restore;Build"
                  Properties="Configuration={Repository.Configuration};RunAnalyzers=false;DeterministicSourcePaths=false"
                  BuildInParallel="true"
                />
              </Target>
            </Project>
            """
        )
        |> ignore

        let code, text, _ =
            Tool.dotnetIn
                folder.Path
                [ "msbuild"; "all.proj"; "-m"; "-nodeReuse:false"; "-p:UseSharedCompilation=false"; "-v:q"; "-nologo" ]

        Assert.True((code = 0), text)

    member _.File(name: string) = folder.File name
    member _.Generated(project: string, name: string) = File.ReadAllText(Path.Combine(src, project, "obj", "Generated", name))
    member _.Shell = output "FunctionalMetrics"
    member _.Library = output "FunctionalMetrics.FSharp"

    member _.Command(arguments: string list) =
        DotnetCommand.In(folder.Path, Path.Combine(output "FunctionalMetrics.Cli", "fmetrics.dll") :: arguments)

    member copy.Fmetrics(arguments: string list) =
        let run = Outcome.Of(copy.Command arguments)
        Assert.True((run.ExitCode = 0), run.Error)
        run.Output

    interface IDisposable with
        member _.Dispose() = folder.Dispose()

/// One file dropped into Core/Metrics, and nothing else touched.
[<Trait("Category", "Slow")>]
type NewMetricTests(copy: SourceCopy) =
    let at (name: string) (node: JsonNode) : JsonNode = nonNull node[name]
    let number (level: string) (text: string) : JsonNode = nonNull (JsonNode.Parse text) |> at level |> at key
    let value (node: JsonNode) : float = node.GetValue<float>()
    let exact (level: string) (text: string) : float = number level text |> value

    /// Without how the tool was called.
    let numbers (text: string) = (text.Split "\"tool\": {")[0]

    let evaluated (options: string list) = copy.Fmetrics [ "evaluate"; Repository.Brick; yield! options; "--json"; "-" ]

    /// What one pass in memory gives; the pixels' number is computed here from the curve.
    let expected = lazy (evaluated [])

    interface IClassFixture<SourceCopy>

    [<Fact>]
    member _.``It is a module and a class, with its reference``() =
        Assert.Contains("module SpecificityAtRecall =", copy.Generated("FunctionalMetrics.FSharp", "Metrics.fs"))
        Assert.Contains("## SpecificityAtRecall", copy.Generated("FunctionalMetrics.FSharp", "metrics.md"))
        Assert.Contains("PixelSpecificityAtRecallMetric", copy.Generated("FunctionalMetrics", "Metrics.cs"))
        Assert.Contains("SpecificityAtRecallAsync<T>", copy.Generated("FunctionalMetrics", "Queries.cs"))

        Assert.Equal((0, "Ok (Ok (0.5, 1.0, Ok 0.5))", ""), Tool.fsi copy.Library (Path.Combine(own, "specificity.fsx")) [])

        Assert.Equal(
            (0, "specificity at recall 0.5, merged 0.5, evaluated 1", ""),
            Tool.fsi copy.Library (Path.Combine(own, "shell.fsx")) [ copy.Shell ]
        )

    [<Fact>]
    member _.``It stands in the table, the JSON of both levels and the report``() =
        Assert.InRange(exact "image" expected.Value, 0.0, 1.0)
        Assert.InRange(exact "pixel" expected.Value, 0.0, 1.0)
        Assert.Contains(title, copy.Fmetrics [ "evaluate"; Repository.Brick ])
        let page = copy.File "report.html"
        copy.Fmetrics [ "evaluate"; Repository.Brick; "--report"; page; "--quiet" ] |> ignore
        let html = File.ReadAllText page
        let shown = (exact "pixel" expected.Value).ToString("R", Globalization.CultureInfo.InvariantCulture)
        Assert.Contains($"<th scope=\"row\">Specificity at recall 0.95</th><td title=\"{shown}\">", html)

    [<Fact>]
    member _.``Passes give the same bits, and so do state files``() =
        Assert.Equal(numbers expected.Value, numbers (evaluated [ "--max-memory"; "1GB" ]))
        let state = copy.File "brick.fms"
        copy.Fmetrics [ "evaluate"; Repository.Brick; "--state"; state; "--quiet" ] |> ignore
        Assert.Equal(numbers expected.Value, numbers (copy.Fmetrics [ "show"; state; "--json"; "-" ]))

    [<Fact>]
    member _.``Bounded memory gives an interval that holds it``() =
        let bounded = evaluated [ "--approximate"; "12" ]

        for level in [ "image"; "pixel" ] do
            let lower, upper = number level bounded |> at "lower" |> value, number level bounded |> at "upper" |> value
            Assert.InRange(exact level expected.Value, lower, upper)

    [<SkippableFact>]
    member _.``A cluster gives the same bits``() =
        use redis = RedisProcess.Start()
        use silo = Process.Start((copy.Command [ "silo"; "--redis"; redis.Address ])) |> nonNull

        try
            Assert.StartsWith("ready on", silo.StandardOutput.ReadLine())
            Assert.Equal(numbers expected.Value, numbers (evaluated [ "--cluster"; $"redis://{redis.Address}" ]))
        finally
            silo.Kill true
