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
    private readonly TemporaryFolder folder = new();

    public Feed()
    {
        Directory.CreateDirectory(Notebooks);
        Directory.CreateDirectory(Home);
        Pack(Packages, Projects);
        foreach (
            var file in Directory.EnumerateFiles(Repository.Notebooks).Where(file => !file.EndsWith(".ipynb", StringComparison.Ordinal))
        )
            File.Copy(file, Path.Combine(Notebooks, Path.GetFileName(file)));
        Directory.CreateSymbolicLink(Path.Combine(Notebooks, "data"), Path.Combine(Repository.Notebooks, "data"));
        Lend();
    }

    public string Packages => folder.File("artifacts/packages");

    public string Notebooks => folder.File("notebooks");

    /// <summary>Every project of this house that is packed; the tests are built with all of them.</summary>
    public static IEnumerable<string> Projects =>
        Directory
            .EnumerateFiles(Repository.Path("src"), "PACKAGE.md", SearchOption.AllDirectories)
            .Select(page => Directory.EnumerateFiles(Path.GetDirectoryName(page)!, "*.*proj").Single());

    public string Home => folder.File("home");

    /// <summary>Runs dotnet in the folder of the scripts and gives what it printed; fails with all of that when it fails.</summary>
    public string Dotnet(params string[] arguments) => DotnetIn(Notebooks, arguments);

    /// <summary>Runs dotnet in any folder.</summary>
    public string DotnetIn(string place, params string[] arguments)
    {
        var run = Outcome.Of(Command("dotnet", place, arguments));
        return run.ExitCode == 0
            ? run.Output
            : throw new InvalidOperationException($"{string.Join(' ', arguments)}\n{run.Output}\n{run.Error}");
    }

    /// <summary>A command in a folder, at the new home.</summary>
    public ProcessStartInfo Command(string program, string place, params IEnumerable<string> arguments)
    {
        var command = DotnetCommand.Of(program, place, arguments);
        command.Environment.Remove("CI");
        command.Environment["HOME"] = command.Environment["DOTNET_CLI_HOME"] = Home;
        // Nothing that a command started outlives it.
        command.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        command.Environment["DOTNET_NOLOGO"] = command.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return command;
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Packs projects into a folder. A warning is an error.</summary>
    public void Pack(string packages, params IEnumerable<string> projects)
    {
        var all = folder.Write(
            "all.proj",
            $"""
            <Project>
              <Target Name="Pack">
                <MSBuild
                  Projects="{SecurityElement.Escape(string.Join(';', projects))}"
                  Targets="Pack"
                  Properties="NoBuild=true;Configuration={Repository.Configuration};PackageOutputPath={SecurityElement.Escape(packages)}"
                />
              </Target>
            </Project>
            """
        );
        Dotnet("msbuild", all, "-target:Pack", "-verbosity:quiet", "-nologo", "-warnAsError");
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

/// <summary>Packing takes its time: one feed serves all tests of packages, scripts and the host.</summary>
[CollectionDefinition(nameof(Feed))]
public sealed class FeedCollection : ICollectionFixture<Feed>;
