using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Whole results, from batches cut and merged in every way, against definitions that know neither keys nor states.</summary>
internal static class StateCases
{
    private static readonly MonoidOf<RankState> Rank = new(RankState.Empty, RankState.Merge, (a, b) => a.Equals(b));
    private static readonly MonoidOf<RegionState> Region = new(RegionState.Empty, RegionState.Merge, (a, b) => a.Equals(b));

    /// <summary>Few rows against exact fractions.</summary>
    public static void FewRows(Choices choices)
    {
        var format = ScoreFormats.Any(choices);
        var rows = FuzzData.Rows(choices, FuzzData.Length(choices, 40), format);
        var oracle = new RankOracle([.. rows.Select(Positive)]);
        var state = Trees.Merge([.. FuzzData.Batches(choices, rows, format).Select(RankState.Of)], Rank, choices);
        Demand.Same((oracle.Positives, oracle.Negatives), ((int)state.Positives, (int)state.Negatives), "rows of each class");
        if (oracle.Positives > 0)
            Agrees(oracle, state);
    }

    /// <summary>Few small images against exact fractions over regions of a flood fill.</summary>
    public static void FewImages(Choices choices)
    {
        var format = ScoreFormats.Any(choices);
        var images = FuzzData.Images(choices, choices.Below(3), 6, format);
        var oracle = new RegionOracle([.. images.Select(image => image.Map((score, _) => score + 0.0))]);
        var state = Trees.Merge([.. FuzzData.Batches(choices, images, format).Select(RegionState.Of)], Region, choices);
        Demand.Same(oracle.Regions.Count, state.Regions, "regions");
        if (oracle.Regions.Count == 0)
            return;
        Agrees(oracle.Pixels, state.Rank);
        if (oracle.Pixels.Negatives == 0)
            return;
        foreach (var limit in (double[])[0.05, 0.3, 1])
            Demand.Near(oracle.Aupro(Fraction.Exactly(limit)).Rounded(), Area(state, limit), 1, $"AUPRO up to {limit}");
    }

    /// <summary>Many rows against counts of sorted rows, in integers.</summary>
    public static void ManyRows(Choices choices)
    {
        var format = ScoreFormats.Any(choices);
        var rows = FuzzData.Rows(choices, choices.Below(choices.Once(4) ? 120_000 : 5000), format);
        var state = Trees.Merge(
            [.. Parts(choices, rows).Select(part => RankState.Of(FuzzData.Batch(part, ScoreFormats.Holding(format, choices))))],
            Rank,
            choices
        );
        if (state.Positives == 0 || state.Negatives == 0)
            return;
        var counts = PlainCounts.Of([.. rows.Select(Positive)]);
        var roc = Auroc.Metric.Compute(state).ThrowIfFail();
        var best = OptimalF1.Metric.Compute(state).ThrowIfFail();
        Demand.Same(counts.Auroc, roc.Area, "AUROC");
        var areas = (Aupr.Metric.Compute(state).ThrowIfFail().Area, AveragePrecision.Metric.Compute(state).ThrowIfFail().Value);
        Demand.Same(counts.PrecisionAreas(64), areas, "AUPR and average precision from ratios of 64 bits");
        var (trapezoids, steps) = counts.PrecisionAreas(128);
        Demand.SumOfRatios(trapezoids, areas.Area, "AUPR");
        Demand.SumOfRatios(steps, areas.Value, "average precision");
        Demand.Same(counts.BestThreshold, best.Threshold, "the threshold of the optimal F1");
        Demand.Same(counts.At(best.Threshold), (best.Counts.TruePositives, best.Counts.FalsePositives), "tp and fp of the optimal F1");
        Demand.SameAll(counts.FalsePositiveRates, [.. roc.Points.X], "false positive rates");
        Demand.SameAll(counts.TruePositiveRates, [.. roc.Points.Y], "true positive rates");
        Demand.SameAll([double.PositiveInfinity, .. counts.Thresholds], [.. roc.Points.Thresholds], "thresholds");
    }

    /// <summary>Larger images one by one in any tree, against all of them in one order, to the bit.</summary>
    public static void ManyImages(Choices choices)
    {
        var format = ScoreFormats.Any(choices);
        var images = FuzzData.Images(choices, 1 + choices.Below(12), choices.Once(4) ? 150 : 20, format);
        var tree = Trees.Merge([.. FuzzData.Batches(choices, images, format).Select(RegionState.Of)], Region, choices);
        var line = images.Aggregate(
            RegionState.Empty,
            (state, image) => Aupro.Metric.Update(state, FuzzData.Batch(image, ScoreFormat.Double))
        );
        Demand.Same(line.Regions, tree.Regions, "regions");
        if (line.Regions == 0 || line.Rank.Negatives == 0)
            return;
        Demand.Same(line, tree, "the state");
        foreach (var limit in (double[])[0.05, 0.3, 1])
            Demand.Same(Area(line, limit), Area(tree, limit), $"AUPRO up to {limit}");
        Demand.Same(Auroc.Metric.Compute(line.Rank).ThrowIfFail().Area, Auroc.Metric.Compute(tree.Rank).ThrowIfFail().Area, "AUROC");
        Demand.Same(Aupr.Metric.Compute(line.Rank).ThrowIfFail().Area, Aupr.Metric.Compute(tree.Rank).ThrowIfFail().Area, "AUPR");
    }

    /// <summary>The state after each of some batches, asked again when others have come and gone and their memory may be used again.</summary>
    public static void KeptStates(Choices choices)
    {
        var format = ScoreFormats.Any(choices);
        var images = FuzzData.Images(choices, 1 + choices.Below(5), choices.Once(2) ? 200 : 20, format);
        var (state, kept) = (RegionState.Empty, new List<(RegionState State, double[] Answers)>());
        foreach (var image in images)
        {
            state = Aupro.Metric.Update(state, FuzzData.Batch(image, ScoreFormats.Holding(format, choices)));
            kept.Add((state, Answers(state)));
            if (choices.Once(4))
                GC.Collect();
        }
        for (var i = 0; i < kept.Count; i++)
            Demand.SameAll(kept[i].Answers, Answers(Again(kept[i].State)), $"answers of state {i}");

        // A state remembers what was computed of it; one of the same keys does not.
        static RegionState Again(RegionState state) => new(state.NegativeKeys, state.RegionKeys, state.Regions);
    }

    /// <summary>A state that is asked now and then while more rows come, few of them anomalous, against one of the same keys that is asked once.</summary>
    public static void Additions(Choices choices)
    {
        var format = ScoreFormats.Any(choices);
        var rows = FuzzData.Rows(choices, choices.Below(choices.Once(4) ? 120_000 : 3000), format);
        var state = Trees.Merge([.. FuzzData.Batches(choices, rows, format).Select(RankState.Of)], Rank, choices);
        for (var left = choices.Below(6); left > 0; left--)
        {
            if (choices.Once(2))
                Answers(state);
            var (length, oneIn) = (choices.Below(1 + rows.Length / 8), new[] { 2, 20, int.MaxValue }[choices.Below(3)]);
            Row[] some = [.. FuzzData.Scores(choices, length, format).Select(score => new Row(score, choices.Once(oneIn)))];
            var more = RankState.Of(FuzzData.Batch(some, ScoreFormats.Holding(format, choices)));
            state = choices.Once(2) ? RankState.Merge(state, more) : RankState.Merge(more, state);
        }
        Demand.SameAll(Answers(new RankState(state.NegativeKeys, state.PositiveKeys)), Answers(state), "answers");
    }

    private static double[] Answers(RankState state) =>
        [
            .. Auroc.Metric.Compute(state).Match(curve => (double[])[curve.Area], _ => []),
            .. Aupr.Metric.Compute(state).Match(curve => (double[])[curve.Area, curve.AveragePrecision], _ => []),
            .. OptimalF1.Metric.Compute(state).Match(best => (double[])[best.F1, best.Threshold], _ => []),
        ];

    private static double[] Answers(RegionState state) =>
        [state.Regions, .. Aupro.Metric.Compute(state).Match(curve => (double[])[curve.Area], _ => []), .. Answers(state.Rank)];

    private static void Agrees(RankOracle oracle, RankState state)
    {
        Demand.SumOfRatios(oracle.Aupr.Rounded(), Aupr.Metric.Compute(state).ThrowIfFail().Area, "AUPR");
        Demand.SumOfRatios(
            oracle.AveragePrecision.Rounded(),
            AveragePrecision.Metric.Compute(state).ThrowIfFail().Value,
            "average precision"
        );
        var best = OptimalF1.Metric.Compute(state).ThrowIfFail();
        Demand.Near(oracle.BestThreshold, best.Threshold, 0, "the threshold of the optimal F1");
        Demand.Near(oracle.F1(oracle.BestThreshold).Rounded(), best.F1, 0, "the optimal F1");
        if (oracle.Negatives == 0)
            return;
        var roc = Auroc.Metric.Compute(state).ThrowIfFail();
        Demand.Near(oracle.Auroc.Rounded(), roc.Area, 0, "AUROC");
        Demand.SameAll([0, .. oracle.Thresholds.Select(t => oracle.Fpr(t).Rounded())], [.. roc.Points.X], "false positive rates");
        Demand.SameAll([0, .. oracle.Thresholds.Select(t => oracle.Tpr(t).Rounded())], [.. roc.Points.Y], "true positive rates");
    }

    private static double Area(RegionState state, double limit) => Aupro.UpTo(limit).Compute(state).ThrowIfFail().Area;

    /// <summary>-0.0 and 0.0 are the same score.</summary>
    private static Row Positive(Row row) => row with { Score = row.Score + 0.0 };

    private static IEnumerable<Row[]> Parts(Choices choices, Row[] rows)
    {
        var longest = 1 + choices.Below(Math.Max(1, rows.Length));
        for (int at = 0, length; at < rows.Length; at += length)
            yield return rows[at..(at + (length = Math.Min(rows.Length - at, 1 + choices.Below(longest))))];
    }
}
