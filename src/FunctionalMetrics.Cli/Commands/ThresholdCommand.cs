using System.CommandLine;
using System.Globalization;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics threshold</c>: from validation data to a threshold for other data.</summary>
internal static class ThresholdCommand
{
    public static Command Create(Streams streams, CancellationToken cancel)
    {
        var folder = new Argument<string?>("DIR")
        {
            Description = "a folder in the MVTec AD layout, or one of maps of good images alone, where the rule needs no others",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("threshold", "Choose a threshold by a rule, on validation data, for evaluate --threshold on others.")
        {
            folder,
        };
        ThresholdChoices.Options.AddTo(command);
        command.SetAction(parsed =>
        {
            var choices = ThresholdChoices.Options.Read(parsed, new() { Input = new() { Folder = parsed.GetValue(folder) } });
            if (choices.Rule is not { } rule)
            {
                ThresholdChoices.Explain(streams.Out);
                return Exit.Done;
            }
            choices = choices with { Input = choices.Input with { AreNormalAlone = rule.NeedsNormalRowsOnly } };
            return ThresholdChoices.Options.Unused(parsed, choices) is { } unused
                ? streams.Refuse(unused)
                : streams.End(Run(choices, rule, streams, cancel));
        });
        return command;
    }

    private static Fin<Unit> Run(ThresholdChoices choices, ThresholdRule rule, Streams streams, CancellationToken cancel)
    {
        var output = new Output(streams, None, choices.Quiet);
        return from named in Named(choices)
            let files = named.Bind(one => Optional(one.File).ToSeq())
            from ready in output.Check(files)
            from apart in output.Spares(files.Map(path => new NamedFile("--out", path)), named.Bind(one => one.Input.Files))
            from possible in rule.IsOfRowsOnly && choices.Level == Levels.Pixel ? FinFail<Unit>(new NotOfPixels(rule.Text)) : unit
            from all in named.Map(Chosen).Sequence()
            from written in output.Write(
                () => [],
                to => all.Iter(one => Print(to, one.Category, one.Threshold, one.Notes)),
                all.Bind(one =>
                    Optional(one.File)
                        .Map(path => (path, ThresholdFile.Content(one.Threshold, new ThresholdReach(one.Threshold).Json)))
                        .ToSeq()
                ),
                cancel
            )
            select written;

        Fin<(string Category, string? File, Core.Threshold Threshold, NoteCounts Notes)> Chosen(
            (string Category, EvaluateInput Input, string? File) one
        ) =>
            (
                from seen in one.Input.Read(null, output.Progress, cancel)
                from rows in Rows(seen, choices.Level)
                from threshold in Core.Threshold.Choose(rule, rows, choices.Level, choices.Input.LowerIsAnomalous)
                select (one.Category, one.File, threshold, seen.Notes)
            ).BiMap(chosen => chosen, error => one.Category.Length > 0 ? Error.New($"category {one.Category}: {error.Message}") : error);
    }

    /// <summary>The data of each threshold and its file: one without a category's name, or one for each category.</summary>
    private static Fin<Seq<(string Category, EvaluateInput Input, string? File)>> Named(ThresholdChoices choices) =>
        !choices.AreCategories
            ? choices.File is { } one && CategoryInputs.IsNamed(one)
                ? Error.New($"--out '{one}' names a file of each category; it goes with --categories")
                : Seq1(("", choices.Input, choices.File))
            : choices.File is { } file && !CategoryInputs.IsNamed(file)
                ? Error.New($"--out '{file}' is one file, and each category has a threshold of its own; put {{category}} in its name")
                : CategoryInputs
                    .Of(choices.Input)
                    .Map(all =>
                        all.Map(one => (one.Name, one.Input, choices.File is { } path ? CategoryInputs.Named(path, one.Name) : null))
                    );

    private static Fin<RankState> Rows(EvaluationState seen, string level) =>
        seen is not EvaluationState.Exact exact ? Error.New("a threshold is chosen on every score")
        : level == Levels.Image ? exact.Images
        : exact
            .Pixels.Map(pixels => pixels.Rank)
            .ToFin(Error.New("--level pixel: there are no pixels with labels; --level image is that of images and rows"));

    private static void Print(Streams to, string category, Core.Threshold threshold, NoteCounts notes)
    {
        var (counts, isOfPixels) = (threshold.Counts, threshold.Level == Levels.Pixel);
        var (positives, negatives, reach) = (threshold.Positives, threshold.Rows - threshold.Positives, new ThresholdReach(threshold));
        string[] none = [.. reach.Heading.Select(_ => "")];
        ResultTable.Write(
            to,
            [
                [category, threshold.Level, .. reach.Heading],
                ["rule", threshold.Rule.Text, .. none],
                [$"threshold (anomalous: score {(threshold.LowerIsAnomalous ? "≤" : "≥")} it)", Readable.Exact(threshold.Value), .. none],
                ["rows", Readable.Count(threshold.Rows), .. none],
                ["anomalous", Readable.Count(positives), .. none],
                .. reach.Rows,
            ]
        );
        if (threshold.Remark.Length > 0)
            to.Say($"{char.ToUpperInvariant(threshold.Remark[0])}{threshold.Remark[1..]}.");
        foreach (var sentence in Promise(threshold.Rule, negatives, isOfPixels))
            to.Say(sentence);
        reach.Conformal.Iter(found =>
            to.Say(
                $"With these {Readable.Count(negatives)} that rate lies between {Readable.Rate(found.Rate.Lower)} and {Readable.Rate(found.Rate.Upper)}, 9 times in 10 where scores are untied: the 5% and 95% quantiles of Beta({Readable.Count(negatives + 1 - found.Rank)}, {Readable.Count(found.Rank)})."
            )
        );
        to.Say(
            isOfPixels
                ? "There are no intervals: pixels of one image are not independent, and those of a new image may fare otherwise."
                : "Intervals are those of independent images or rows; Clopper and Pearson's hold the true rate in 95 of 100 samples at least, Wilson's about so often."
        );
        to.Say(
            "The threshold was chosen on these data, so rates and intervals here are too good: judge it on others with evaluate --threshold."
        );
        foreach (var note in notes.Notes)
            to.Say(note.Text);
    }

    /// <summary>How many normal rows a promise for new ones needs.</summary>
    private static IEnumerable<string> Promise(ThresholdRule rule, long normal, bool isOfPixels)
    {
        if (rule.Parameters is not [("alpha" or "fpr", > 0 and < 1 and var share)])
            yield break;
        if (isOfPixels)
        {
            yield return "It holds on these data alone; nothing is promised of new pixels, and of new images by conformal at --level image.";
            yield break;
        }
        var written = share.ToString("R", CultureInfo.InvariantCulture);
        var needed = Readable.Count(NormalScoreRules.ConformalRows(share));
        yield return rule.IsOfRowsOnly
            ? $"A new normal image or row is flagged with probability {written} at most, on average over validation sets; that needs {needed} normal ones, and there are {Readable.Count(normal)}."
            : $"It holds on these data alone; conformal:{written} promises it of new normal images or rows, and needs {needed} normal ones.";
    }
}
