using System.Diagnostics;

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

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("builds-");

    private string Runs => Path.Combine(folder.FullName, "runs");

    public void Dispose() => folder.Delete(recursive: true);

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
        Dotnet(["build", "--no-restore", "-v", "q", "-nodeReuse:false", "--disable-build-servers", .. build]);
        var projects = Directory.EnumerateFiles(Runs).Select(File.ReadAllText).Order(StringComparer.Ordinal).ToArray();
        foreach (var run in Directory.EnumerateFiles(Runs))
            File.Delete(run);
        return projects;
    }

    private string Source(string file) => Path.Combine(folder.FullName, "src", file);

    private void Copy()
    {
        Directory.CreateDirectory(Runs);
        foreach (var project in (string[])["FunctionalMetrics.Core", "FunctionalMetrics.Generator"])
            CopyFiles(Path.Combine(Places.Repository, "src", project), Source(project));
        foreach (var file in Directory.EnumerateFiles(Places.Repository, "Directory.*"))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        File.Copy(Path.Combine(Places.Repository, ".editorconfig"), Path.Combine(folder.FullName, ".editorconfig"));

        const string First = "if (args is not";
        var program = Source("FunctionalMetrics.Generator/Program.cs");
        var count =
            $"File.WriteAllText(Path.Combine(@\"{Runs}\", Guid.NewGuid().ToString()), Path.GetFileName(Environment.CurrentDirectory));";
        Assert.Contains(First, File.ReadAllText(program), StringComparison.Ordinal);
        File.WriteAllText(program, File.ReadAllText(program).Replace(First, $"{count}\n{First}"));

        foreach (var project in (string[])["CSharp", "FSharp", "Both"])
            Directory.CreateDirectory(Source(project));
        File.WriteAllText(Source("CSharp/CSharp.csproj"), Consumer);
        File.WriteAllText(Source("FSharp/FSharp.fsproj"), Consumer);
        File.WriteAllText(Source("FSharp/Own.fs"), "module Own\n");
        File.WriteAllText(Source("Both/Both.csproj"), Both);
        Dotnet("new", "sln", "--name", "All", "--format", "sln");
        Dotnet(["sln", "add", .. Directory.EnumerateFiles(Source(""), "*.*proj", SearchOption.AllDirectories)]);
    }

    private static void CopyFiles(string from, string into)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            if (name.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj")
                continue;
            var target = Path.Combine(into, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Runs dotnet in the copy; what the test host set for its own MSBuild is not handed on.</summary>
    private void Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)}\n{output}\n{errors.Result}");
    }
}
