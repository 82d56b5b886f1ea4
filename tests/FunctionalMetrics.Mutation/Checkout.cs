using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace FunctionalMetrics.Mutation;

/// <summary>A copy of the checkout, in which code may be wrong; gone afterwards.</summary>
internal sealed partial class Checkout : IDisposable
{
    private Checkout(string path) => Path = path;

    public string Path { get; }

    /// <summary>The files that are tracked, as they stand.</summary>
    public static Checkout Copied()
    {
        var copy = new Checkout(Directory.CreateTempSubdirectory("fmetrics-mutants-").FullName);
        var (exit, files) = Run(
            Root(),
            "git",
            ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            null,
            TimeSpan.FromMinutes(1)
        );
        if (exit != 0)
            throw new InvalidOperationException($"git does not list the files: {files}");
        foreach (
            var file in files
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => File.Exists(System.IO.Path.Combine(Root(), file)))
        )
        {
            var target = System.IO.Path.Combine(copy.Path, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(System.IO.Path.Combine(Root(), file), target);
        }
        // Tests look for the root by what lies there.
        Run(copy.Path, "git", ["init", "-q"], null, TimeSpan.FromMinutes(1));
        return copy;
    }

    public void Build(string tests)
    {
        var (exit, output) = Dotnet(["build", tests, "-c", "Release"]);
        if (exit != 0)
            throw new InvalidOperationException($"{tests} does not build: {output}");
    }

    /// <summary>What the compiler says of mutants.</summary>
    public IReadOnlyList<(string File, int Line, string Text)> Errors(string tests)
    {
        var (exit, output) = Dotnet([
            "build",
            tests,
            "-c",
            "Release",
            "--no-restore",
            "-p:TreatWarningsAsErrors=false",
            "-p:RunAnalyzers=false",
            "-p:GenerateDocumentationFile=false",
            "-nowarn:*",
        ]);
        return exit == 0
            ? []
            :
            [
                .. Error()
                    .Matches(output)
                    .Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), match.Value))
                    .DefaultIfEmpty(("", 0, output)),
            ];
    }

    /// <summary>Whether all tests pass in time with a mutant alive.</summary>
    public bool Test(string tests, string mutant, TimeSpan patience)
    {
        var (exit, _) = Run(
            Path,
            "dotnet",
            ["test", tests, "-c", "Release", "--no-build", "--filter", "Category!=Slow", "--", "xUnit.StopOnFail=true"],
            mutant,
            patience
        );
        return exit == 0;
    }

    /// <summary>The assemblies that a project was compiled against.</summary>
    public IEnumerable<MetadataReference> References(string source)
    {
        var (_, output) = Dotnet([
            "msbuild",
            source,
            "-p:Configuration=Release",
            "-t:ResolveReferences",
            "-getItem:ReferencePathWithRefAssemblies",
        ]);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        return
        [
            .. json
                .RootElement.GetProperty("Items")
                .GetProperty("ReferencePathWithRefAssemblies")
                .EnumerateArray()
                .Select(item => item.GetProperty("FullPath").GetString()!)
                .Where(File.Exists)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private (int Exit, string Output) Dotnet(string[] arguments) => Run(Path, "dotnet", arguments, null, TimeSpan.FromMinutes(15));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "FunctionalMetrics.sln")))
            folder =
                System.IO.Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("there is no FunctionalMetrics.sln above the program");
        return folder;
    }

    private static (int Exit, string Output) Run(string folder, string program, string[] arguments, string? mutant, TimeSpan patience)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FMETRICS_MUTANT"] = mutant ?? "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (process.WaitForExit(patience))
            return (process.ExitCode, output.Result + error.Result);
        process.Kill(entireProcessTree: true);
        return (-1, "it did not end in time");
    }

    [GeneratedRegex(@"(/\S+\.cs)\((\d+),\d+\): error [^\n]*")]
    private static partial Regex Error();
}
