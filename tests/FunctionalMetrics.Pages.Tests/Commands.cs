using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Pages.Tests;

/// <summary>Commands of the pages, each run by a shell in a folder of small data with the tool that the tests were built with.</summary>
internal static partial class Commands
{
    private const string Shell = "/bin/bash";

    public static bool AreHere => File.Exists(Shell);

    /// <summary>The commands of a block: its lines, those that end in a backslash joined, without comments.</summary>
    public static IEnumerable<string> Of(string code) =>
        code.Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => Remark().Replace(line, ""))
            .Where(line => line.Length > 0);

    /// <summary>Runs those commands that are not listed and gives what they printed.</summary>
    public static string Run(string code, string folder)
    {
        var printed = new StringBuilder();
        foreach (var command in Of(code).Where(command => NotRun.Reason(command) is null))
        {
            var call = FromSource().Replace(command, "fmetrics ");
            if (!call.StartsWith("fmetrics ", StringComparison.Ordinal))
                throw new InvalidOperationException($"nothing runs this command, and it is not listed in NotRun: {command}");
            var shell = new ProcessStartInfo(Shell, ["-c", $"fmetrics() {{ dotnet \"$FMETRICS\" \"$@\"; }}; {call}"])
            {
                WorkingDirectory = folder,
                Environment = { ["FMETRICS"] = Path.Combine(AppContext.BaseDirectory, "fmetrics.dll"), ["LC_ALL"] = "C" },
            };
            var run = Outcome.Of(shell, TimeSpan.FromMinutes(2));
            if (run.ExitCode != 0)
                throw new InvalidOperationException($"{command}\nexit code {run.ExitCode}\n{run.Output}{run.Error}");
            printed.Append(run.Output);
        }
        return printed.ToString();
    }

    [GeneratedRegex(@"(^|\s+)#\s.*$")]
    private static partial Regex Remark();

    /// <summary>How the tool is called in a clone, where the tests have it built.</summary>
    [GeneratedRegex("^dotnet run -c Release --project src/FunctionalMetrics.Cli -- ")]
    private static partial Regex FromSource();
}
