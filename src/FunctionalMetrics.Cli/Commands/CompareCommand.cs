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
            Description =
                "one for each detector, of the same images: a folder of maps and masks; maps alone, as evaluate --maps reads them, with one --masks; or a state file of evaluate --state FILE --keep-images",
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
                    Sources = [.. named],
                    Input = new() { Folder = named.FirstOrDefault() },
                    Run = new(
                        "compare",
                        [.. options, .. named.Length > 0 ? [KeyValuePair.Create("files", named)] : (KeyValuePair<string, string[]>[])[]]
                    ),
                }
            );
            return CompareChoices.Options.Unused(parsed, choices) is { } unused
                ? streams.Refuse(unused)
                : streams.End(Run(choices, streams, cancel));
        });
        return command;
    }

    private static Fin<Unit> Run(CompareChoices choices, Streams streams, CancellationToken cancel)
    {
        var output = new Output(streams, Optional(choices.Json), choices.Quiet);
        return from ready in output.Check(choices.Files.ToSeq() + Optional(choices.Report).ToSeq())
            from apart in output.Spares(
                choices.Files.ToSeq().Map(path => new NamedFile("--out", path))
                    + Optional(choices.Report).ToSeq().Map(path => new NamedFile("--report", path)),
                choices.Read
            )
            from texts in choices.Files.ToSeq().Map(path => ComparisonText.For(path).Map(text => (Path: path, Text: text))).Sequence()
            from found in choices.AreCategories
                ? CompareCategories.Read(choices, output.Progress, cancel).Map(data => (Data: data, Page: OfCategories(choices, data)))
                : CompareReading
                    .Read(choices, output.Progress, cancel)
                    .Map(compared => (Data: ComparedData.Of(compared.Result), Page: OfOne(choices, compared, cancel)))
            from pages in Optional(choices.Report).ToSeq().Map(path => found.Page().Map(page => (path, Output.Content(page)))).Sequence()
            from written in output.Write(
                () => ComparisonText.Json(found.Data, choices.Run),
                to => ComparisonText.Write(found.Data, to),
                texts.Map(file => (path: file.Path, Output.Content(file.Text(found.Data)))) + pages,
                cancel
            )
            select written;
    }

    private static Func<Fin<string>> OfOne(CompareChoices choices, Compared compared, CancellationToken cancel) =>
        () => ComparePictures.Read(compared, cancel).Map(pictures => ComparisonReport.Html(compared, pictures, choices.Title, choices.Run));

    private static Func<Fin<string>> OfCategories(CompareChoices choices, ComparedData data) =>
        () => CategoryComparisonReport.Html(data, choices.Title, choices.Run);
}
