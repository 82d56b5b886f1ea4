module FunctionalMetrics.FSharp.Tests.ScriptTests

open System.IO
open Xunit

[<Theory>]
[<InlineData("two-metrics.fsx", "AUROC 1, AUPRO 1, states 1")>]
[<InlineData("undefined.fsx", "AUROC lacks AnomalousRow after 2 rows")>]
let ``dotnet fsi runs a script from the built dlls`` (script: string, expected: string) =
    let library = Path.Combine(Tool.repository, "src", "FunctionalMetrics.FSharp", Tool.output)
    let script = Path.Combine(Tool.repository, "tests", "FunctionalMetrics.FSharp.Tests", "Scripts", script)

    Assert.Equal((0, expected, ""), Tool.fsi library script)
