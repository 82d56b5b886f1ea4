using System.CommandLine;
using FunctionalMetrics.IO;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics show</c>: from a state file to the numbers, the table and the report that its evaluation gave.</summary>
internal static class ShowCommand
{
    public static Command Create(Streams streams, CancellationToken cancel)
    {
        var file = new Argument<string>("FILE") { Description = "a state file, of evaluate --state or of merge" };
        var command = new Command("show", "The numbers of a state file: what evaluate would say of the same data.") { file };
        ResultChoices.Options.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var options = ResultChoices.Options.Texts(parsed).Append(KeyValuePair.Create("file", (string[])[path]));
            var choices = ResultChoices.Options.Read(parsed, new() { Run = new("show", [.. options]) });
            if (choices.ListsMetrics)
            {
                MetricNames.Explain(streams.Out);
                return Exit.Done;
            }
            return ResultChoices.Options.Unused(parsed, choices) is { } unused
                ? streams.Refuse(unused)
                : streams.End(
                    choices.Write(
                        streams,
                        Path.GetFileNameWithoutExtension(path),
                        _ => StateFile.TryRead(path).Map(seen => Evaluation.Of(seen, choices.Settings)),
                        null,
                        Seq1(new NamedFile("FILE", path)),
                        cancel
                    )
                );
        });
        return command;
    }
}
