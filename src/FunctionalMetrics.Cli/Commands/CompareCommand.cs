using System.CommandLine;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics compare</c>: whether one detector is above another on the same images, and how sure that is.</summary>
internal static class CompareCommand
{
    public static Command Create(Streams streams, CancellationToken cancel)
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "state files of the same images, one for each detector, of evaluate --state FILE --keep-images",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(
            "compare",
            "Detectors on the same images: differences with intervals and tests, and the images that they decide differently."
        )
        {
            files,
        };
        CompareChoices.Options.AddTo(command);
        command.SetAction(parsed =>
        {
            var named = parsed.GetValue(files) ?? [];
            var options = CompareChoices.Options.Texts(parsed);
            var choices = CompareChoices.Options.Read(
                parsed,
                new()
                {
                    Run = new(
                        "compare",
                        [.. options, .. named.Length > 0 ? [KeyValuePair.Create("files", named)] : (KeyValuePair<string, string[]>[])[]]
                    ),
                }
            );
            return CompareChoices.Options.Unused(parsed, choices) is { } unused
                ? streams.Refuse(unused)
                : streams.End(Run(named, choices, streams, cancel));
        });
        return command;
    }

    private static Fin<Unit> Run(string[] files, CompareChoices choices, Streams streams, CancellationToken cancel)
    {
        var output = new Output(streams, Optional(choices.Json), choices.Quiet);
        return from ready in output.Check(choices.Files.ToSeq() + Optional(choices.Report).ToSeq())
            from apart in output.Spares(
                choices.Files.ToSeq().Map(path => new NamedFile("--out", path))
                    + Optional(choices.Report).ToSeq().Map(path => new NamedFile("--report", path)),
                files
                    .ToSeq()
                    .Map(path => new NamedFile("FILES", path))
                    .Concat(Optional(choices.Scores).ToSeq().Map(path => new NamedFile("--scores", path)))
            )
            from texts in choices.Files.ToSeq().Map(path => ComparisonText.For(path).Map(text => (Path: path, Text: text))).Sequence()
            from compared in choices.Read(files, cancel)
            let pages = Optional(choices.Report)
                .ToSeq()
                .Map(path => (path, Output.Content(ComparisonReport.Html(compared, choices.Title, choices.Run))))
            from written in output.Write(
                () => ComparisonText.Json(compared.Result, choices.Run),
                to => ComparisonText.Write(compared.Result, to),
                texts.Map(file => (path: file.Path, Output.Content(file.Text(compared.Result)))) + pages,
                cancel
            )
            select written;
    }
}
