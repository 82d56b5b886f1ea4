module FunctionalMetrics.FSharp.Tests.ScriptTests

open System
open System.IO
open FunctionalMetrics.TestSupport
open Xunit

[<Theory; Trait("Category", "Slow")>]
[<InlineData("two-metrics.fsx", "AUROC 1, AUPRO 1, states 1")>]
[<InlineData("undefined.fsx", "AUROC lacks AnomalousRow after 2 rows")>]
let ``dotnet fsi runs a script from the built dlls`` (script: string, expected: string) =
    let library = Repository.Path("src", "FunctionalMetrics.FSharp", Tool.output)
    let script = Repository.Path("tests", "FunctionalMetrics.FSharp.Tests", "Scripts", script)

    Assert.Equal((0, expected, ""), Tool.fsi library script [])

/// The block of README with its relative paths from here, and its picture in a file of this test.
[<Fact; Trait("Category", "Slow")>]
let ``The readme's script draws the overlap curve from brick's folder`` () =
    let code = Readme.Code("FunctionalMetrics.FSharp.Tests", "fsharp")
    use folder = new TemporaryFolder()
    let page = folder.File "pro.html"

    let here =
        code
            .Replace("../../../", Repository.Root.Replace('\\', '/') + "/")
            .Replace("bin/Release/", $"bin/{Repository.Configuration}/")
            .Replace("\"pro.html\"", $"@\"{page}\"")

    Assert.Equal(10, code.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length)
    let script = folder.Write("pro.fsx", here + "\nprintfn $\"{pro.Area}\"")
    Assert.Equal((0, "0.7473518760072866", ""), Tool.dotnetIn Repository.Brick [ "fsi"; "--quiet"; script ])
    Assert.Contains("PRO up to FPR 0.3, area 0.7474", File.ReadAllText page)
