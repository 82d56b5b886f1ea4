using System.CommandLine;
using FunctionalMetrics.IO;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics show</c>: from a state file to the numbers, the table and the report that its evaluation gave.</summary>
internal static class ShowCommand
{
    public static Command Create(CancellationToken cancel)
    {
        var file = new Argument<string>("FILE") { Description = "a state file, of evaluate --state or of merge" };
        Arguments.RefuseOptions(file, "show");
        var results = new ResultOptions();
        var command = new Command("show", "The numbers of a state file: what evaluate would say of the same data.") { file };
        foreach (var option in results.Judging.Concat(results.Writing))
            command.Add(option);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            return Exit.Of(results.Run(parsed, Path.GetFileNameWithoutExtension(path), _ => StateFile.Read(path), None, cancel));
        });
        return command;
    }
}
