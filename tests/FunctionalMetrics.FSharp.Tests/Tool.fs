namespace FunctionalMetrics.FSharp.Tests

open System
open System.IO
open FunctionalMetrics.TestSupport

/// The repository around the tests, and tools run in it.
module Tool =
    let repository: string = Repository.Root

    /// bin/CONFIGURATION/FRAMEWORK of these tests is that of the library too.
    let output: string = Path.GetRelativePath(Repository.Path("tests", "FunctionalMetrics.FSharp.Tests"), AppContext.BaseDirectory)

    /// Runs dotnet in a folder and gives its exit code, output and errors.
    let dotnetIn (folder: string) (arguments: string list) : int * string * string =
        let run = Outcome.Of(DotnetCommand.In(folder, arguments))
        run.ExitCode, run.Output.Trim(), run.Error.Trim()

    let dotnet (arguments: string list) : int * string * string = dotnetIn Environment.CurrentDirectory arguments

    /// Runs a script that refers to the library's dlls, and to those of other folders, by name.
    let fsi (library: string) (script: string) (others: string list) : int * string * string =
        dotnet [ "fsi"; "--quiet"; yield! library :: others |> List.map (fun folder -> $"-I:{folder}"); script ]
