namespace FunctionalMetrics.FSharp.Tests

open System
open System.Diagnostics
open System.IO

/// The repository around the tests, and tools run in it.
module Tool =
    let rec private above (folder: string) : string =
        if File.Exists(Path.Combine(folder, "FunctionalMetrics.sln")) then
            folder
        else
            above (nonNull (Path.GetDirectoryName folder))

    let repository: string = above AppContext.BaseDirectory

    /// bin/CONFIGURATION/FRAMEWORK of these tests is that of the library too.
    let output: string = Path.GetRelativePath(Path.Combine(repository, "tests", "FunctionalMetrics.FSharp.Tests"), AppContext.BaseDirectory)

    /// Runs dotnet in a folder and gives its exit code, output and errors. What the test host set for its own MSBuild is not handed on.
    let dotnetIn (folder: string) (arguments: string list) : int * string * string =
        let start = ProcessStartInfo("dotnet", arguments, WorkingDirectory = folder)

        for name in
            start.Environment.Keys |> Seq.filter (fun name -> name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)) |> List.ofSeq do
            start.Environment.Remove name |> ignore

        start.RedirectStandardOutput <- true
        start.RedirectStandardError <- true
        use tool = nonNull (Process.Start start)
        let errors = tool.StandardError.ReadToEndAsync()
        let text = tool.StandardOutput.ReadToEnd()
        tool.WaitForExit()
        tool.ExitCode, text.Trim(), errors.Result.Trim()

    let dotnet (arguments: string list) : int * string * string = dotnetIn Environment.CurrentDirectory arguments

    /// Runs a script that refers to the library's dlls, and to those of other folders, by name.
    let fsi (library: string) (script: string) (others: string list) : int * string * string =
        dotnet [ "fsi"; "--quiet"; yield! library :: others |> List.map (fun folder -> $"-I:{folder}"); script ]
