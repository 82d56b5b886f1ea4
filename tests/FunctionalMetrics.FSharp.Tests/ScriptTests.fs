module FunctionalMetrics.FSharp.Tests.ScriptTests

open System
open System.IO
open System.Text.RegularExpressions
open Xunit

[<Theory>]
[<InlineData("two-metrics.fsx", "AUROC 1, AUPRO 1, states 1")>]
[<InlineData("undefined.fsx", "AUROC lacks AnomalousRow after 2 rows")>]
let ``dotnet fsi runs a script from the built dlls`` (script: string, expected: string) =
    let library = Path.Combine(Tool.repository, "src", "FunctionalMetrics.FSharp", Tool.output)
    let script = Path.Combine(Tool.repository, "tests", "FunctionalMetrics.FSharp.Tests", "Scripts", script)

    Assert.Equal((0, expected, ""), Tool.fsi library script [])

/// The block of README with its relative paths from here, and its picture in a file of this test.
[<Fact>]
let ``The readme's script draws the overlap curve from brick's folder`` () =
    let readme = File.ReadAllText(Path.Combine(Tool.repository, "README.md"))

    let code =
        Regex
            .Match(readme, @"<!-- run by FunctionalMetrics\.FSharp\.Tests -->\s*```fsharp\n(.*?)```", RegexOptions.Singleline)
            .Groups[1].Value

    let folder = Directory.CreateTempSubdirectory("fmetrics-readme-").FullName
    let script, page = Path.Combine(folder, "pro.fsx"), Path.Combine(folder, "pro.html")

    let build = Tool.output.Split Path.DirectorySeparatorChar |> Array.item 1

    let here =
        code
            .Replace("../../../", Tool.repository.Replace('\\', '/') + "/")
            .Replace("bin/Release/", $"bin/{build}/")
            .Replace("\"pro.html\"", $"@\"{page}\"")

    try
        Assert.Equal(10, code.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length)
        File.WriteAllText(script, here + "\nprintfn $\"{pro.Area}\"")

        let brick = Path.Combine(Tool.repository, "notebooks", "data", "brick")
        Assert.Equal((0, "0.7473518760072866", ""), Tool.dotnetIn brick [ "fsi"; "--quiet"; script ])
        Assert.Contains("PRO up to FPR 0.3, area 0.7474", File.ReadAllText page)
    finally
        Directory.Delete(folder, true)
