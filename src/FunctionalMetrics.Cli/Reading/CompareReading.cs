using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using FunctionalMetrics.Statistics;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Reads the detectors that are compared: columns of one table, or state files that keep their images.</summary>
internal static class CompareReading
{
    public static Fin<Compared> Read(this CompareChoices choices, string[] files, CancellationToken cancel) =>
        (choices.Scores, files) switch
        {
            ({ }, [_, ..]) => Error.New("give either state files or --scores with --score-columns, not both"),
            ({ } table, _) => ReadTable(choices, table, cancel),
            (null, []) => Error.New("nothing to compare: give two state files or more, or --scores FILE with --score-columns a,b"),
            _ => ReadStates(choices, files, cancel),
        };

    private static Fin<Compared> ReadTable(CompareChoices choices, string file, CancellationToken cancel) =>
        from names in Names(choices, [.. choices.ScoreColumns], "--score-columns", "columns")
        from thresholds in Thresholds(choices, [.. names.Select(_ => choices.LowerIsAnomalous)])
        from tables in choices
            .ScoreColumns.ToSeq()
            .Map(column =>
                ScoreFile.TryReadTable(
                    file,
                    column,
                    choices.LabelColumn,
                    choices.PositiveLabels,
                    choices.NormalLabels,
                    choices.IdColumn is { } ids ? [ids] : [],
                    cancel
                )
            )
            .Sequence()
        from rows in PairedRows
            .Create(
                tables.Head.Labels.ToArray(),
                [.. tables.Map(table => table.Scores.Select(score => choices.LowerIsAnomalous ? 0 - score : score).ToArray())]
            )
            .Match(Fin<PairedRows>.Succ, faults => Error.New($"{file}: {faults.Head}"))
        from compared in Comparison.OfRows(
            names,
            rows,
            choices.Rules with
            {
                Thresholds = thresholds,
            },
            choices.IdColumn is { } id ? tables.Head.Columns[id] : null
        )
        select new Compared(
            compared,
            [
                .. names.Select(
                    (name, model) =>
                        new ComparedModel(
                            name,
                            RankState.Of(
                                ScoreBatch
                                    .Create(rows.Scores(model), rows.Labels)
                                    .IfFail(faults => throw new InvalidOperationException($"{faults}"))
                            ),
                            choices.LowerIsAnomalous
                        )
                ),
            ]
        );

    private static Fin<Compared> ReadStates(CompareChoices choices, string[] files, CancellationToken cancel) =>
        from names in Names(choices, [.. files.Select(file => Path.GetFileNameWithoutExtension(file))], "FILES", "state files")
        from states in files.ToSeq().Map(file => ReadState(file, cancel)).Sequence()
        from thresholds in Thresholds(choices, [.. states.Map(state => state.LowerIsAnomalous)])
        from compared in Comparison.OfImages(
            [.. names.Zip(states, (name, state) => (name, state.Images))],
            choices.Rules with
            {
                Thresholds = thresholds,
            }
        )
        select new Compared(
            compared,
            [
                .. names.Zip(
                    states,
                    (name, state) => new ComparedModel(name, state.Images.Scores, state.LowerIsAnomalous) { Images = state.Images }
                ),
            ]
        );

    private static Fin<(ImageState Images, bool LowerIsAnomalous)> ReadState(string file, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return StateFile
            .TryRead(file)
            .Bind(state =>
                state is EvaluationState.Exact { Kept.Case: ImageState images }
                    ? FinSucc((images, state.LowerIsAnomalous))
                    : Error.New(
                        $"{file}: keeps no images, which are compared one by one; 'fmetrics evaluate ... --state FILE --keep-images' keeps them"
                    )
            );
    }

    /// <summary>A name for each detector, no two alike.</summary>
    private static Fin<string[]> Names(CompareChoices choices, string[] usual, string option, string what)
    {
        string[] names = choices.Names.IsEmpty ? usual : [.. choices.Names];
        return usual.Length < 2 ? Error.New($"{option} names {usual.Length} of the detectors; two {what} at least are compared")
            : names.Length != usual.Length
                ? Error.New(FormattableString.Invariant($"--name is given {names.Length} times for {usual.Length} {what}; each needs one"))
            : names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice
                ? Error.New($"two detectors are called '{twice}'; give each a --name of its own")
            : names;
    }

    /// <summary>The thresholds on scores of which the high ones are anomalous.</summary>
    private static Fin<ImmutableArray<double>> Thresholds(CompareChoices choices, ImmutableArray<bool> lower) =>
        choices.Thresholds.Length > 0 && choices.Thresholds.Length != lower.Length
            ? Error.New(
                FormattableString.Invariant(
                    $"--threshold is given {choices.Thresholds.Length} times for {lower.Length} detectors; each needs its own"
                )
            )
            : choices
                .Thresholds.Zip(lower, (threshold, low) => threshold.Fits(low).Map(_ => low ? 0 - threshold.Value : threshold.Value))
                .ToSeq()
                .Sequence()
                .Map(values => values.ToImmutableArray());
}
