using System.CommandLine;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using FunctionalMetrics.Orleans;
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
        Arguments.RefuseOptions(folder, "evaluate");
        var maps = Arguments.Text("--maps", "anomaly maps: a folder, or a .npy/.npz stack of shape (N, H, W) (FILE.npz:name)", "PATH");
        var masks = Arguments.Text("--masks", "masks of the maps: a folder, or a stack of the same shape", "PATH");
        var imageScores = Arguments.Text(
            "--image-scores",
            "scores of the images: .npy in map order, or CSV file,score [default: each map's maximum]",
            "PATH"
        );
        var scores = Arguments.Text("--scores", "labelled scores: .csv, .tsv, .parquet, or an .npz with one array for each column", "FILE");
        var scoreColumn = Arguments.Text("--score-column", "the column of scores", "NAME", "score");
        var labelColumn = Arguments.Text("--label-column", "the column of labels", "NAME", "label");
        var positiveLabel = Arguments.Text("--positive-label", "the label text that means anomalous [default: 1 or true]", "TEXT");
        var maskThreshold = Arguments.Whole(
            "--mask-threshold",
            "mask values of at least N are anomalous [default: masks hold 0 and 1, or 0 and 255]",
            x => x >= 1,
            "a whole number of 1 or more"
        );
        var lower = Arguments.Flag("--lower-is-anomalous", "low scores are the anomalous ones (scikit-learn's IsolationForest)");
        var approximate = Arguments.Whole(
            "--approximate",
            "count scores in 2^BITS buckets, in memory that does not grow with the data, and give intervals certain to hold each number",
            x => x is >= 1 and <= BoundedRankState.MostBits,
            $"a whole number from 1 to {BoundedRankState.MostBits}",
            "BITS"
        );
        var limit = Arguments.Size(
            "--max-memory",
            "read the files as often as it takes to stay within so much memory, such as 256MB or 1GiB; the numbers stay exact"
        );
        var state = Arguments.Text("--state", "write a state file, to be merged with those of other shards and shown", "FILE");
        var cluster = Arguments.Text(
            "--cluster",
            "let the silos of a cluster do it, which read the files at the same paths",
            "redis://HOST:PORT"
        );
        var access = new ClusterOptions();
        var results = new ResultOptions();
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
            maskThreshold,
            lower,
            approximate,
            limit,
            state,
            cluster,
        };
        foreach (var option in access.All.Concat(results.Judging).Concat(results.Writing))
            command.Add(option);
        command.SetAction(parsed =>
        {
            bool Given(System.CommandLine.Option option) => parsed.GetResult(option) is { Implicit: false };
            System.CommandLine.Option[] idle = Given(scores) ? [imageScores, maskThreshold] : [scoreColumn, labelColumn, positiveLabel];
            if (idle.FirstOrDefault(Given) is { } unused)
                return Exit.Refuse($"{unused.Name} has no effect {(Given(scores) ? "on" : "without")} --scores");
            if (!Given(cluster) && access.All.FirstOrDefault(Given) is { } lone)
                return Exit.Refuse($"{lone.Name} has no effect without --cluster");
            if (Given(limit) && ((System.CommandLine.Option[])[state, cluster, approximate]).FirstOrDefault(Given) is { } other)
                return Exit.Refuse($"--max-memory does not go with {other.Name}{Why(other)}");
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
            // Nothing needs each score afterwards.
            var passes = !((System.CommandLine.Option[])[state, cluster, approximate]).Any(Given) && !results.Draws(parsed);
            return Exit.Of(
                Given(limit) || (passes && given.IsRawStack)
                    ? results.Run(
                        parsed,
                        given.Title,
                        progress =>
                            PassReading.Judge(
                                given,
                                Value(limit) is { } bytes ? Some(bytes) : None,
                                results.Draws(parsed),
                                results.Settings(parsed, given.LowerIsAnomalous),
                                progress,
                                cancel
                            ),
                        cancel
                    )
                    : results.Run(parsed, given.Title, Read, Optional(Value(state)), cancel)
            );

            string Why(System.CommandLine.Option option) =>
                option == state ? ": a state holds every score"
                : option == cluster ? ": the silos' memory is their own"
                : ": it keeps its own limit, and its numbers are intervals";

            Fin<IEvaluationState> Read(Progress progress) =>
                Value(cluster) is { } place
                    ? access
                        .Settings(parsed, place)
                        .Bind(settings =>
                            ClusterEvaluation.Run(
                                settings,
                                given,
                                Optional(Value(approximate)),
                                Value(state) is not null || results.Draws(parsed),
                                results.DefaultThreshold(parsed),
                                progress,
                                cancel
                            )
                        )
                : Value(approximate) is { } bits ? given.ReadBounded(bits, progress, cancel).Map<IEvaluationState>(state => state)
                : given.Read(progress, cancel).Map<IEvaluationState>(state => state);
        });
        return command;
    }
}
