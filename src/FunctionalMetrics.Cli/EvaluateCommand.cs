using System.CommandLine;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics evaluate</c>: from labelled files to numbers, a table and a report.</summary>
internal static class EvaluateCommand
{
    public static Command Create(CancellationToken cancel)
    {
        var folder = new Argument<string?>("DIR")
        {
            Description = "a folder in the MVTec AD layout: anomaly_maps/<defect>/000.tiff, ground_truth/<defect>/000_mask.png",
            Arity = ArgumentArity.ZeroOrOne,
        };
        // What looks like an option and is none would be taken for the folder.
        folder.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }, ..])
                result.AddError($"'{option}' is not an option; see fmetrics evaluate --help");
        });
        var maps = Arguments.Text("--maps", "anomaly maps: a folder, or a .npy/.npz stack of shape (N, H, W) (FILE.npz:name)", "PATH");
        var masks = Arguments.Text("--masks", "masks of the maps: a folder, or a stack of the same shape", "PATH");
        var imageScores = Arguments.Text(
            "--image-scores",
            "scores of the images: .npy in map order, or CSV file,score [default: each map's maximum]",
            "PATH"
        );
        var scores = Arguments.Text("--scores", "labelled scores: .csv, .tsv or .parquet", "FILE");
        var scoreColumn = Arguments.Text("--score-column", "the column of scores", "NAME", "score");
        var labelColumn = Arguments.Text("--label-column", "the column of labels", "NAME", "label");
        var positiveLabel = Arguments.Text("--positive-label", "the label text that means anomalous [default: 1 or true]", "TEXT");
        var fprLimit = Arguments.Number(
            "--fpr-limit",
            "AUPRO integrates up to this false positive rate",
            Aupro.DefaultLimit,
            x => x is > 0 and <= 1,
            "a number above 0 and at most 1"
        );
        var threshold = Arguments.Number(
            "--default-threshold",
            "the threshold when no row is anomalous",
            AdaptiveThreshold.DefaultValue,
            double.IsFinite,
            "a finite number"
        );
        var maskThreshold = Arguments.Whole(
            "--mask-threshold",
            "mask values of at least N are anomalous [default: masks hold 0 and 1, or 0 and 255]",
            x => x >= 1,
            "a whole number of 1 or more"
        );
        var lower = Arguments.Flag("--lower-is-anomalous", "low scores are the anomalous ones (scikit-learn's IsolationForest)");
        var json = Arguments.Text("--json", "write the numbers as JSON to a file, or - for standard output", "FILE|-");
        var report = Arguments.Text("--report", "write a self-contained HTML report with the curves", "FILE");
        var quiet = Arguments.Flag("--quiet", "print nothing but errors (and the JSON of --json -)");
        var command = new Command("evaluate", "Judge a detector: scores with labels, or anomaly maps with masks.")
        {
            folder,
            maps,
            masks,
            imageScores,
            scores,
            scoreColumn,
            labelColumn,
            positiveLabel,
            fprLimit,
            threshold,
            maskThreshold,
            lower,
            json,
            report,
            quiet,
        };
        command.SetAction(parsed =>
        {
            T? Value<T>(System.CommandLine.Option<T> option) => parsed.GetValue(option);
            var given = new EvaluateInput(
                Optional(parsed.GetValue(folder)),
                Optional(Value(maps)),
                Optional(Value(masks)),
                Optional(Value(imageScores)),
                Optional(Value(scores)),
                Value(scoreColumn)!,
                Value(labelColumn)!,
                Optional(Value(positiveLabel)),
                Value(maskThreshold) is { } least ? Some(least) : None,
                Value(lower)
            );
            var settings = new Settings(Value(fprLimit), Value(threshold), Value(lower));
            var output = new Output(Optional(Value(json)), Value(quiet));
            return Exit.Of(Run(given, settings, output, Optional(Value(report)), cancel));
        });
        return command;
    }

    private static Fin<Unit> Run(
        EvaluateInput input,
        Settings settings,
        Output output,
        LanguageExt.Option<string> report,
        CancellationToken cancel
    ) =>
        from ready in output.Check(report)
        from states in input.Read(output.Progress, cancel)
        let evaluation = Evaluation.Of(states, settings)
        let page = report.Map(path => (path, Output.Content(EvaluationReport.Html(evaluation, input.Title)))).ToSeq()
        from written in output.Write(evaluation.ToJson, () => EvaluationTable.Write(evaluation), page, cancel)
        select evaluation.Hint.Iter(output.Tell);
}
