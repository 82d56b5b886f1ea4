module FunctionalMetrics.FSharp.Tests.ScriptTests

open FunctionalMetrics.TestSupport
open Xunit

[<Theory; Trait("Category", "Slow")>]
[<InlineData("two-metrics.fsx", "AUROC 1, AUPRO 1, states 1")>]
[<InlineData("compare.fsx", "auroc by delong: no difference shown")>]
[<InlineData("undefined.fsx", "AUROC lacks AnomalousRow after 2 rows")>]
let ``dotnet fsi runs a script from the built dlls`` (script: string, expected: string) =
    let library = Repository.Path("src", "FunctionalMetrics.FSharp", Tool.output)
    let script = Repository.Path("tests", "FunctionalMetrics.FSharp.Tests", "Scripts", script)

    Assert.Equal((0, expected, ""), Tool.fsi library script [])
