using System.Diagnostics;

namespace FunctionalMetrics.TestSupport;

/// <summary>Commands of dotnet, to be run. What the test host set for its own MSBuild is not handed on.</summary>
public static class DotnetCommand
{
    /// <summary>A command in a folder, whose streams are all redirected.</summary>
    public static ProcessStartInfo In(string folder, params IEnumerable<string> arguments) => Of("dotnet", folder, arguments);

    /// <summary>A command of a program that calls dotnet.</summary>
    public static ProcessStartInfo Of(string program, string folder, params IEnumerable<string> arguments)
    {
        var command = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in command.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()
        )
            command.Environment.Remove(name);
        return command;
    }

    /// <summary>The run of a file of C# that is written into the folder, with projects of src, which are those that the tests were built with.</summary>
    public static ProcessStartInfo OfCode(TemporaryFolder folder, string code, params IEnumerable<string> projects)
    {
        var references = projects.Select(name => $"#:project {Repository.Path("src", name, $"{name}.csproj")}\n");
        folder.Write("code.cs", $"{string.Concat(references)}#:property PublishAot=false\n{code}");
        return In(folder.Path, "run", "-c", Repository.Configuration, "code.cs");
    }
}
