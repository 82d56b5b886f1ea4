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
        Pack();
        Directory.CreateDirectory(Notebooks);
        foreach (
            var file in Directory.EnumerateFiles(Repository.Notebooks).Where(file => !file.EndsWith(".ipynb", StringComparison.Ordinal))
        )
            File.Copy(file, Path.Combine(Notebooks, Path.GetFileName(file)));
        Directory.CreateSymbolicLink(Path.Combine(Notebooks, "data"), Path.Combine(Repository.Notebooks, "data"));
        Lend();
    }

    public string Packages => folder.File("artifacts/packages");

    public string Notebooks => folder.File("notebooks");

    /// <summary>The packages of this house that the tests were built with, which are those that notebooks and scripts ask for.</summary>
    private static IEnumerable<string> Projects =>
        Directory
            .EnumerateFiles(AppContext.BaseDirectory, "FunctionalMetrics*.dll")
            .Select(file => Repository.Path("src", Path.GetFileNameWithoutExtension(file)))
            .Where(Directory.Exists)
            .Select(folder => Directory.EnumerateFiles(folder, "*.*proj").Single());

    private string Home => folder.File("home");

    /// <summary>Runs dotnet in the folder of the scripts and gives what it printed; fails with all of that when it fails.</summary>
    public string Dotnet(params string[] arguments)
    {
        var command = DotnetCommand.In(Notebooks, arguments);
        command.Environment.Remove("CI");
        command.Environment["HOME"] = command.Environment["DOTNET_CLI_HOME"] = Home;
        command.Environment["DOTNET_NOLOGO"] = command.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        var run = Outcome.Of(command);
        return run.ExitCode == 0
            ? run.Output
            : throw new InvalidOperationException($"{string.Join(' ', arguments)}\n{run.Output}\n{run.Error}");
    }

    public void Dispose() => folder.Dispose();

    private void Pack()
    {
        Directory.CreateDirectory(Notebooks);
        Directory.CreateDirectory(Home);
        var all = folder.Write(
            "all.proj",
            $"""
            <Project>
              <Target Name="Pack">
                <MSBuild
                  Projects="{SecurityElement.Escape(string.Join(';', Projects))}"
                  Targets="Pack"
                  Properties="NoBuild=true;Configuration={Repository.Configuration};PackageOutputPath={SecurityElement.Escape(Packages)}"
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
