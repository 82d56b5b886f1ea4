using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Tests;

public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_csharp_of_the_readme_goes_from_a_folder_of_maps_to_a_chart()
    {
        var root = Above(AppContext.BaseDirectory);
        var code = Code().Match(File.ReadAllText(Path.Combine(root, "README.md"))).Groups[1].Value;
        var folder = Directory.CreateTempSubdirectory("fmetrics-readme-").FullName;
        try
        {
            var projects = ((string[])["FunctionalMetrics", "FunctionalMetrics.IO"]).Select(name =>
                $"#:project {Path.Combine(root, "src", name, $"{name}.csproj")}\n"
            );
            File.WriteAllText(
                Path.Combine(folder, "readme.cs"),
                $"{string.Concat(projects)}#:property PublishAot=false\n{code.Replace("notebooks/", $"{root.Replace('\\', '/')}/notebooks/")}"
            );
            using var run = Process.Start(
                new ProcessStartInfo("dotnet", ["run", "readme.cs"])
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var error = run.StandardError.ReadToEndAsync();
            var output = await run.StandardOutput.ReadToEndAsync();
            await run.WaitForExitAsync();
            Assert.True(run.ExitCode == 0, output + await error);
            Assert.Equal("AUPRO 0.7473518760072866", output.TrimEnd());
            Assert.Contains("PRO up to FPR 0.3, area 0.7474", File.ReadAllText(Path.Combine(folder, "pro.html")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "FunctionalMetrics.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"<!-- run by FunctionalMetrics\.Tests -->\s*```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
