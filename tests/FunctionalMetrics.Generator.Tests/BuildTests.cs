namespace FunctionalMetrics.Generator.Tests;

/// <summary>
/// When a build runs the generator. In a copy of Core and the generator each run leaves a file that names the project that it ran for; log lines
/// would count more than runs, since MSBuild may print one several times.
/// </summary>
public sealed class BuildTests : IDisposable
{
    /// <summary>A project that gets the reference written, in either language.</summary>
    private const string Consumer = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <MetricSurface>reference</MetricSurface>
            <GeneratedFolder>$(BaseIntermediateOutputPath)Generated/</GeneratedFolder>
            <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
            <RestoreLockedMode>false</RestoreLockedMode>
          </PropertyGroup>
          <ItemGroup>
            <GeneratedFile Include="$(GeneratedFolder)metrics.md" />
            <Compile Include="Own.fs" Condition="'$(MSBuildProjectExtension)' == '.fsproj'" />
            <ProjectReference Include="../FunctionalMetrics.Core/FunctionalMetrics.Core.csproj" />
          </ItemGroup>
          <Import Project="../FunctionalMetrics.Generator/Generator.targets" />
        </Project>
        """;

    /// <summary>A project that needs both consumers, so that each is asked for twice.</summary>
    private const string Both = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
            <RestoreLockedMode>false</RestoreLockedMode>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="../CSharp/CSharp.csproj" />
            <ProjectReference Include="../FSharp/FSharp.fsproj" />
          </ItemGroup>
        </Project>
        """;

    private static readonly string[] Once = ["CSharp", "FSharp"];

    private readonly TemporaryFolder folder = new();

    private string Runs => folder.File("runs");

    public void Dispose() => folder.Dispose();

    [Fact, Trait("Category", "Slow")]
    public void The_generator_runs_once_for_each_project_and_not_when_nothing_changed()
    {
        Copy();
        Dotnet("restore", "--locked-mode", $"-p:RestoreSources={Runs}", "--disable-build-servers");

        Assert.Equal(Once, ProjectsOf("-m"));
        Assert.Empty(ProjectsOf("-m"));
        Assert.Empty(ProjectsOf("-m", "-graph"));

        File.AppendAllText(Source("FunctionalMetrics.Core/Metrics/Auroc.cs"), "// changed\n");
        Assert.Equal(Once, ProjectsOf("-m:1"));

        Assert.Equal(Once, ProjectsOf("-m", "-graph", "-t:Rebuild"));

        File.Delete(Source("FSharp/obj/Generated/metrics.md"));
        Assert.Equal(["FSharp"], ProjectsOf("-m"));
    }

    /// <summary>The projects for which a build ran the generator, each as often as it did.</summary>
    private string[] ProjectsOf(params string[] build)
    {
        Dotnet(["build", "--no-restore", "-v", "q", "-nodeReuse:false", "--disable-build-servers", "-p:RunAnalyzers=false", .. build]);
        var projects = Directory.EnumerateFiles(Runs).Select(File.ReadAllText).Order(StringComparer.Ordinal).ToArray();
        foreach (var run in Directory.EnumerateFiles(Runs))
            File.Delete(run);
        return projects;
    }

    private string Source(string file) => folder.File(Path.Combine("src", file));

    private void Copy()
    {
        Directory.CreateDirectory(Runs);
        Repository.Copy(folder.Path, "FunctionalMetrics.Core", "FunctionalMetrics.Generator");

        const string First = "if (args is not";
        var program = Source("FunctionalMetrics.Generator/Program.cs");
        var count =
            $"File.WriteAllText(Path.Combine(@\"{Runs}\", Guid.NewGuid().ToString()), Path.GetFileName(Environment.CurrentDirectory));";
        Assert.Contains(First, File.ReadAllText(program), StringComparison.Ordinal);
        File.WriteAllText(program, File.ReadAllText(program).Replace(First, $"{count}\n{First}"));

        folder.Write("src/CSharp/CSharp.csproj", Consumer);
        folder.Write("src/FSharp/FSharp.fsproj", Consumer);
        folder.Write("src/FSharp/Own.fs", "module Own\n");
        folder.Write("src/Both/Both.csproj", Both);
        Dotnet("new", "sln", "--name", "All", "--format", "sln");
        Dotnet(["sln", "add", .. Directory.EnumerateFiles(Source(""), "*.*proj", SearchOption.AllDirectories)]);
    }

    /// <summary>Runs dotnet in the copy.</summary>
    private void Dotnet(params string[] arguments)
    {
        var run = Outcome.Of(DotnetCommand.In(folder.Path, arguments));
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}\n{run.Output}\n{run.Error}");
    }
}
