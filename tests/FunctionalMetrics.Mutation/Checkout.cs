using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace FunctionalMetrics.Mutation;

/// <summary>A run of the test host.</summary>
/// <param name="Exit">Its exit code.</param>
/// <param name="Process">Its number.</param>
/// <param name="Lines">What it said of cases.</param>
/// <param name="Output">What came out of it besides.</param>
internal sealed record HostRun(int Exit, int Process, IReadOnlyList<string> Lines, string Output);

/// <summary>A copy of the checkout, in which code may be wrong; gone afterwards where no folder was given.</summary>
internal sealed partial class Checkout : IDisposable
{
    private readonly bool stays;
    private readonly string notes;

    private Checkout(string folder, bool stays)
    {
        this.stays = stays;
        notes = folder;
        Path = System.IO.Path.Combine(folder, "copy");
    }

    public string Path { get; }

    /// <summary>The files that are tracked, as they stand; a folder's copy is taken as it is.</summary>
    public static Checkout Copied(string? folder)
    {
        var copy = new Checkout(
            folder is null ? Directory.CreateTempSubdirectory("fmetrics-mutants-").FullName : System.IO.Path.GetFullPath(folder),
            folder is not null
        );
        if (Directory.Exists(copy.Path))
            return copy;
        copy.Take(_ => true);
        // Tests look for the root by what lies there.
        Run(copy.Path, "git", ["init", "-q"], null, TimeSpan.FromMinutes(1));
        return copy;
    }

    /// <summary>Takes the tests as they are now, builds them, and forgets what they touched.</summary>
    public void Renew(string tests)
    {
        Take(file => file.StartsWith("tests/", StringComparison.Ordinal));
        if (Errors(tests) is [var error, ..])
            throw new InvalidOperationException($"{tests} does not build: {error}");
        File.Delete(System.IO.Path.Combine(notes, "tests.json"));
    }

    private void Take(Func<string, bool> which)
    {
        var (exit, files, _) = Run(
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
                .Where(file => which(file) && File.Exists(System.IO.Path.Combine(Root(), file)))
        )
        {
            var target = System.IO.Path.Combine(Path, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(System.IO.Path.Combine(Root(), file), target, overwrite: true);
        }
    }

    /// <summary>What the folder has under a name, or what is made and then kept there.</summary>
    public T Kept<T>(string name, Func<T> make)
    {
        var file = System.IO.Path.Combine(notes, name);
        if (File.Exists(file))
            return JsonSerializer.Deserialize<T>(File.ReadAllText(file))!;
        var made = make();
        File.WriteAllText(file, JsonSerializer.Serialize(made));
        return made;
    }

    private string VerdictFile => System.IO.Path.Combine(notes, "verdicts.jsonl");

    /// <summary>What is known of mutants; the last word on each counts.</summary>
    public IEnumerable<Verdict> Verdicts() =>
        File.Exists(VerdictFile)
            ? File.ReadLines(VerdictFile)
                .Select(line => JsonSerializer.Deserialize<Verdict>(line)!)
                .GroupBy(verdict => verdict.Number)
                .Select(group => group.Last())
            : [];

    public void Keep(Verdict verdict) => File.AppendAllText(VerdictFile, $"{JsonSerializer.Serialize(verdict)}\n");

    /// <summary>Runs test cases in a process of their own, with a mutant alive.</summary>
    public HostRun Host(string tests, IReadOnlyList<Batch> batches, int mutant, string? touched, TimeSpan patience)
    {
        var name = System.IO.Path.GetFileName(tests);
        var built = System.IO.Path.Combine(Path, tests, "bin", "Release", "net10.0");
        foreach (var part in (string[])["FunctionalMetrics.Mutation.dll", "xunit.execution.dotnet.dll"])
            if (!File.Exists(System.IO.Path.Combine(built, part)))
                File.Copy(System.IO.Path.Combine(AppContext.BaseDirectory, part), System.IO.Path.Combine(built, part));
        var (plan, results) = (System.IO.Path.Combine(notes, "plan.json"), System.IO.Path.Combine(notes, "results.txt"));
        File.WriteAllText(results, "");
        File.WriteAllText(
            plan,
            JsonSerializer.Serialize(new Plan(System.IO.Path.Combine(built, $"{name}.dll"), batches, results, touched))
        );
        string[] host =
        [
            "exec",
            "--depsfile",
            System.IO.Path.Combine(built, $"{name}.deps.json"),
            "--runtimeconfig",
            System.IO.Path.Combine(built, $"{name}.runtimeconfig.json"),
            System.IO.Path.Combine(built, "FunctionalMetrics.Mutation.dll"),
            "host",
            plan,
        ];
        // A session of its own, so that what a test started and left can be ended with it.
        var (exit, output, process) = Run(built, "setsid", ["dotnet", .. host], $"{mutant}", patience, touched);
        Run(built, "kill", ["-KILL", "--", $"-{process}"], null, TimeSpan.FromMinutes(1));
        return new(exit, process, File.ReadAllLines(results), output);
    }

    public void Build(string tests)
    {
        var (exit, output, _) = Dotnet(["build", tests, "-c", "Release"]);
        if (exit != 0)
            throw new InvalidOperationException($"{tests} does not build: {output}");
    }

    /// <summary>What the compiler says of mutants.</summary>
    public IReadOnlyList<(string File, int Line, string Text)> Errors(string tests)
    {
        var (exit, output, _) = Dotnet([
            "build",
            tests,
            "-c",
            "Release",
            "--no-restore",
            "-p:TreatWarningsAsErrors=false",
            "-p:RunAnalyzers=false",
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

    /// <summary>The assemblies that a project was compiled against.</summary>
    public IEnumerable<MetadataReference> References(string source)
    {
        var (_, output, _) = Dotnet([
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

    public void Dispose()
    {
        if (!stays)
            Directory.Delete(notes, recursive: true);
    }

    private (int Exit, string Output, int Process) Dotnet(string[] arguments) =>
        Run(Path, "dotnet", arguments, null, TimeSpan.FromMinutes(15));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "FunctionalMetrics.sln")))
            folder =
                System.IO.Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("there is no FunctionalMetrics.sln above the program");
        return folder;
    }

    private static (int Exit, string Output, int Process) Run(
        string folder,
        string program,
        string[] arguments,
        string? mutant,
        TimeSpan patience,
        string? touched = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Switch.Alive] = mutant ?? "0";
        if (touched is not null)
            start.Environment[Switch.Touched] = touched;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            return (-1, "it did not end in time", process.Id);
        }
        // What it started and left may hold its output open.
        var all = Task.WhenAll(output, error);
        return (process.ExitCode, all.Wait(TimeSpan.FromSeconds(2)) ? string.Concat(all.Result) : "", process.Id);
    }

    [GeneratedRegex(@"(/\S+\.cs)\((\d+),\d+\): error [^\n]*")]
    private static partial Regex Error();
}
