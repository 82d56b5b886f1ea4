using System.Diagnostics;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>Projects of users, with nothing but the packages.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed class ConsumerTests : IDisposable
{
    private readonly Feed feed;
    private readonly TemporaryFolder folder = new();

    public ConsumerTests(Feed feed)
    {
        this.feed = feed;
        folder.Write(
            "nuget.config",
            $"""<configuration><packageSources><add key="FunctionalMetrics" value="{feed.Packages}" /></packageSources></configuration>"""
        );
    }

    private static string Core => Readme.Block("batch.Map(RankState.Of)", "src", "README.md");

    public void Dispose() => folder.Dispose();

    [Theory, InlineData("6.0.0"), InlineData("10.0.111"), InlineData("")]
    public void An_FSharp_project_takes_the_library_with_its_own_FSharp_Core(string version)
    {
        folder.Write(
            "q.fsproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="q.fs" />
                {(version.Length == 0 ? "" : $"<PackageReference Update=\"FSharp.Core\" Version=\"{version}\" />")}
                <PackageReference Include="FunctionalMetrics.FSharp" Version="{Repository.Version}" />
                <PackageReference Include="FunctionalMetrics.IO" Version="{Repository.Version}" />
              </ItemGroup>
            </Project>
            """
        );
        folder.Write(
            "q.fs",
            $$"""
            open FunctionalMetrics.FSharp

            let images = FunctionalMetrics.IO.MapDataset.Open("{{Repository.Brick}}").Read() |> Seq.map _.Batch

            let both =
                metrics {
                    let! roc = Auroc.pixels
                    and! pro = Aupro.fold 0.3
                    return roc.Area, pro.Area
                }

            match Seq.metrics both images with
            | Ok(roc, pro) -> printfn $"{roc} {pro}"
            | Error problems -> failwithf "%A" problems
            """
        );
        Assert.Equal("0.7704455631214205 0.7473518760072866", feed.DotnetIn(folder.Path, "run").TrimEnd());
        var assets = File.ReadAllText(folder.File("obj/project.assets.json"));
        if (version.Length > 0)
            Assert.Contains($"\"FSharp.Core/{version}\"", assets, StringComparison.Ordinal);
    }

    /// <summary>Compiled ahead of time, which is what dotnet publish does with a file.</summary>
    [SkippableFact]
    public void The_core_compiles_ahead_of_time()
    {
        Skip.IfNot(
            File.Exists("/usr/bin/clang") && File.Exists("/usr/include/zlib.h"),
            "needs clang and zlib: apt-get install clang zlib1g-dev"
        );
        folder.Write("q.cs", $"#:package FunctionalMetrics.Core@{Repository.Version}\n{Core}");
        feed.DotnetIn(folder.Path, "publish", "q.cs", "-o", "out");
        var run = Outcome.Of(new ProcessStartInfo(folder.File("out/q")));
        Assert.Equal((0, "AUROC 0.75", ""), (run.ExitCode, run.Output.TrimEnd(), run.Error));
        Assert.False(File.Exists(folder.File("out/q.dll")), "it was not compiled ahead of time");
    }

    [Fact]
    public void The_core_alone_brings_no_FSharp()
    {
        WriteProject("FunctionalMetrics.Core");
        feed.DotnetIn(folder.Path, "restore");
        var assets = File.ReadAllText(folder.File("obj/project.assets.json"));
        Assert.Contains("LanguageExt.Core", assets, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)fsharp|fable", assets);
    }

    [Fact]
    public void The_compiler_says_that_a_result_is_dropped_and_the_parallel_form_keeps_all()
    {
        WriteProject("FunctionalMetrics");
        folder.Write(
            "q.cs",
            $$"""
            using FunctionalMetrics;
            using FunctionalMetrics.Core;

            var parts = Enumerable.Range(0, 1000).Select(i => (Scores: (double[])[i, i + 0.5], Labels: (bool[])[false, true])).ToList();
            var whole = parts.AsParallel()
                .Select(part => new AurocMetric().Update(part.Scores, part.Labels))
                .Aggregate((one, other) => one + other);
            Console.WriteLine($"{whole.State.Rows} rows, {whole.Compute()}");
            whole.Update([1.0], [true]);
            new Evaluator([new AurocMetric()]).UpdateImages([1.0], [true]);
            RankState.Merge(whole.State, whole.State);
            parts.ForEach(part => whole.Update(part.Scores, part.Labels));
            """
        );
        var built = feed.DotnetIn(folder.Path, "build", "--nologo", "-v", "quiet");
        var dropped = Regex.Matches(built, @"q\.cs\((\d+),\d+\): warning CA1806").Select(found => found.Groups[1].Value).Distinct();
        Assert.Equal(["9", "10", "11", "12"], dropped.OrderBy(int.Parse));
        Assert.Equal("2000 rows, 0.5005", feed.DotnetIn(folder.Path, "run", "--no-build").TrimEnd());
        Assert.DoesNotContain(
            "CA1806",
            feed.DotnetIn(folder.Path, "build", "--no-incremental", "-p:FunctionalMetricsWarnsOfDroppedResults=false")
        );
    }

    [Fact]
    public void The_tool_is_installed_as_the_readme_says()
    {
        Assert.Contains("\ndotnet tool install --global FunctionalMetrics.Cli --add-source artifacts/packages\n", Readme.Text);
        Assert.Contains("\ndotnet add package FunctionalMetrics\n", Readme.Text);
        feed.DotnetIn(folder.Path, "tool", "install", "--global", "FunctionalMetrics.Cli", "--add-source", feed.Packages);
        var said = Outcome.Of(
            feed.Command(Path.Combine(feed.Home, ".dotnet", "tools", "fmetrics"), folder.Path, "evaluate", Repository.Brick)
        );
        Assert.Contains("0.747352", said.Output, StringComparison.Ordinal);
    }

    /// <summary>What <c>dotnet tool install</c> takes on Linux x64, when the packages were made with <c>-p:ReadyToRunTools=true</c>.</summary>
    [SkippableFact]
    public void The_tool_compiled_ahead_of_time_says_the_same()
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
            "makes the package of linux-x64 alone"
        );
        var source = Directory.CreateDirectory(folder.File("source")).FullName;
        Repository.Copy(
            source,
            [.. new[] { ".Core", ".Generator", ".IO", ".Orleans", ".Statistics", ".Cli", "" }.Select(part => $"FunctionalMetrics{part}")]
        );
        File.Copy(Repository.Path("src", "icon.png"), Path.Combine(source, "src", "icon.png"));
        var project = folder.File("source/src/FunctionalMetrics.Cli");
        // The sources were analysed when the tests were built.
        string[] ahead = ["-p:ReadyToRunTools=true", "-p:ToolPackageRuntimeIdentifiers=linux-x64", "-p:RunAnalyzers=false"];
        feed.DotnetIn(project, ["pack", "-c", "Release", "-warnAsError", "-o", folder.File("ahead"), .. ahead]);
        folder.Write(
            "elsewhere/nuget.config",
            $"""<configuration><packageSources><clear /><add key="ahead" value="{folder.File("ahead")}" /></packageSources></configuration>"""
        );
        feed.DotnetIn(folder.File("elsewhere"), "tool", "install", "FunctionalMetrics.Cli", "--tool-path", folder.File("tool"));
        var library = Directory.EnumerateFiles(folder.File("tool"), "FunctionalMetrics.Core.dll", SearchOption.AllDirectories).Single();
        using var compiled = new PEReader(File.OpenRead(library));
        Assert.NotEqual(0, compiled.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        var said = Outcome.Of(feed.Command(folder.File("tool/fmetrics"), folder.Path, "evaluate", Repository.Brick));
        Assert.Contains("0.747352", said.Output, StringComparison.Ordinal);
    }

    private void WriteProject(string package) =>
        folder.Write(
            "q.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{Repository.Version}" />
              </ItemGroup>
            </Project>
            """
        );
}
