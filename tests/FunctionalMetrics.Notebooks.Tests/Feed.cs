using System.Diagnostics;
using System.Security;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>
/// A user's folder: the packages made from what the tests were built with, in the folder where nuget.config looks for them, and the scripts
/// beside it. The user's home is new, so that no package of an earlier build is taken for the one of the same version; packages of others that
/// this machine has are lent to it.
/// </summary>
public sealed class Feed : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feed-");

    public Feed()
    {
        Pack();
        Directory.CreateDirectory(Notebooks);
        foreach (
            var file in Directory.EnumerateFiles(Repository.Notebooks).Where(file => !file.EndsWith(".ipynb", StringComparison.Ordinal))
        )
            File.Copy(file, Path.Combine(Notebooks, Path.GetFileName(file)));
        Directory.CreateSymbolicLink(Path.Combine(Notebooks, "data"), Path.Combine(Repository.Notebooks, "data"));
        Lend();
    }

    /// <summary>The packages of this house that notebooks and scripts ask for, and those that they need.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    ["FunctionalMetrics.Core", "FunctionalMetrics.FSharp", "FunctionalMetrics.IO", "FunctionalMetrics", "FunctionalMetrics.Interactive"];

    public string Packages => Path.Combine(folder.FullName, "artifacts", "packages");

    public string Notebooks => Path.Combine(folder.FullName, "notebooks");

    private string Home => Path.Combine(folder.FullName, "home");

    /// <summary>Runs dotnet in the folder of the scripts and gives what it printed; fails with all of that when it fails.</summary>
    public string Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Notebooks,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test host set for its own MSBuild is not handed on.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment.Remove("CI");
        start.Environment["HOME"] = start.Environment["DOTNET_CLI_HOME"] = Home;
        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', arguments)}\n{output}\n{errors.Result}");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Pack()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var projects = Projects.Select(name => Directory.EnumerateFiles(Repository.Path("src", name), "*.*proj").Single());
        Directory.CreateDirectory(Notebooks);
        Directory.CreateDirectory(Home);
        var all = Path.Combine(folder.FullName, "all.proj");
        File.WriteAllText(
            all,
            $"""
            <Project>
              <Target Name="Pack">
                <MSBuild
                  Projects="{SecurityElement.Escape(string.Join(';', projects))}"
                  Targets="Pack"
                  Properties="NoBuild=true;Configuration={configuration};PackageOutputPath={SecurityElement.Escape(Packages)}"
                />
              </Target>
            </Project>
            """
        );
        Dotnet("msbuild", all, "-target:Pack", "-verbosity:quiet", "-nologo");
    }

    /// <summary>Links to the machine's packages and settings, this house's packages left out.</summary>
    private void Lend()
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(user, ".nuget", "packages");
        var own = Directory.CreateDirectory(Path.Combine(Home, ".nuget", "packages"));
        foreach (var package in Directory.EnumerateDirectories(packages).Select(package => new DirectoryInfo(package)))
            if (!package.Name.StartsWith("functionalmetrics", StringComparison.OrdinalIgnoreCase))
                Directory.CreateSymbolicLink(Path.Combine(own.FullName, package.Name), package.FullName);
        var settings = Path.Combine(user, ".nuget", "NuGet");
        if (Directory.Exists(settings))
            Directory.CreateSymbolicLink(Path.Combine(Home, ".nuget", "NuGet"), settings);
    }
}
