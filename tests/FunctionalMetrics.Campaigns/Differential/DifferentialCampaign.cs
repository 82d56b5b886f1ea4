using System.CommandLine;
using System.Numerics;
using FunctionalMetrics.Core;
using FunctionalMetrics.Laws;
using LanguageExt;
using Count = (double Threshold, long Tp, long Fp);

namespace FunctionalMetrics.Campaigns;

/// <summary>Two ways to a number that differ, as a sentence.</summary>
internal sealed class DifferenceException(string sentence) : Exception(sentence);

/// <summary>
/// Random rows in every form, against scikit-learn within 1e-12 and against arithmetic of whole numbers: a result that is correctly rounded is the nearest double,
/// and sums of ratios are within 2^-60.
/// </summary>
internal static class DifferentialCampaign
{
    private const double PeerTolerance = 1e-12;
    private const int SumBits = 60;
    private const int Thousand = 1000;

    public static Command Command()
    {
        var (seed, count, seconds) = (Options.Seed(), Options.Count(100_000), Options.Seconds());
        var command = new Command("differential", "Compare random rows in every form with scikit-learn and with exact arithmetic.")
        {
            seed,
            count,
            seconds,
        };
        command.SetAction(parsed =>
            Run(new(parsed.GetValue(seed), parsed.GetValue(count), parsed.GetValue(seconds))).Print(Console.Out).IsGood ? 0 : 1
        );
        return command;
    }

    public static Tally Run(Effort effort)
    {
        using var peer = Peer.Start();
        return effort.Run(
            "differential",
            seed =>
            {
                var choices = new Choices(seed);
                var rows = RowSet.Any(choices);
                var (name, batch) = LabelForms.All[choices.Below(LabelForms.All.Length)];
                try
                {
                    var state = Kept(batch(rows, choices), choices);
                    var exact = new ExactRows(rows);
                    Exactly(exact, state, choices);
                    Peers(peer.Ask(rows), state);
                    return null;
                }
                catch (Exception found) when (found is not EndOfStreamException)
                {
                    return $"seed {seed}, {rows.Scores.Length} rows as {name}: {(found is DifferenceException ? found.Message : found)}";
                }
            }
        );
    }

    /// <summary>The state, and now and then merged with nothing, encoded, and decoded.</summary>
    private static RankState Kept(ScoreBatch batch, Choices choices)
    {
        var state = RankState.Of(batch);
        return choices.Once(4)
            ? RankState
                .Codec.Decode(RankState.Codec.Encode(RankState.Merge(RankState.Empty, state)))
                .Match(same => same, faults => throw new DifferenceException(faults.Head.Message))
            : state;
    }

    /// <summary>Every number of a state against whole numbers.</summary>
    /// <exception cref="DifferenceException">One differs.</exception>
    public static void Exactly(ExactRows exact, RankState state, Choices choices)
    {
        var (anomalous, both) = (exact.P > 0, exact.P > 0 && exact.N > 0);
        var (tenths, threshold) = (choices.Below(Thousand + 1), exact.Points[choices.Below(exact.Points.Count)].Threshold);
        var share = tenths / (double)Thousand;

        Nearest("AUROC", both, Auroc.Metric.Compute(state).Map(curve => curve.Area), () => exact.Auroc);
        Sum("AP", anomalous, AveragePrecision.Metric.Compute(state).Map(found => found.Value), () => exact.AveragePrecision);
        Sum("AUPR", anomalous, Aupr.Metric.Compute(state).Map(curve => curve.Area), () => exact.Aupr);
        Point(
            "optimal F1",
            anomalous,
            OptimalF1.Metric.Compute(state).Map(best => (best.F1, best.Threshold, best.Counts)),
            () => exact.BestF1,
            at => new(2 * (BigInteger)at.Tp, (BigInteger)at.Tp + at.Fp + exact.P)
        );
        Rates(exact, RatesAtThreshold.At(threshold).Compute(state).ThrowIfFail(), exact.At(threshold));
        Point(
            "TPR at FPR",
            both,
            Of(TprAtFpr.Of(share)),
            () => exact.Points.TakeWhile(at => (BigInteger)at.Fp * Thousand <= (BigInteger)tenths * exact.N).MaxBy(at => at.Tp),
            at => new(at.Tp, exact.P)
        );
        Point(
            "FPR at TPR",
            both,
            Of(FprAtTpr.Of(share)),
            () => exact.Points.First(at => (BigInteger)at.Tp * Thousand >= (BigInteger)tenths * exact.P),
            at => new(at.Fp, exact.N)
        );
        var precise = exact.Points.Skip(1).Where(at => (BigInteger)at.Tp * Thousand >= (BigInteger)tenths * (at.Tp + at.Fp)).ToList();
        Point(
            "recall at precision",
            both && precise.Count > 0,
            Of(RecallAtPrecision.Of(share)),
            () => precise.MaxBy(at => (at.Tp, -at.Fp)),
            at => new(at.Tp, exact.P)
        );
        Point(
            "precision at recall",
            both,
            Of(PrecisionAtRecall.Of(share)),
            () =>
                exact
                    .Points.Skip(1)
                    .Where(at => (BigInteger)at.Tp * Thousand >= (BigInteger)tenths * exact.P)
                    .Aggregate(
                        (best, at) =>
                            (Int128)at.Tp * (best.Tp + best.Fp) is var one
                            && (Int128)best.Tp * (at.Tp + at.Fp) is var other
                            && (one > other || one == other && at.Tp > best.Tp)
                                ? at
                                : best
                    ),
            at => new(at.Tp, at.Tp + at.Fp)
        );
        Nearest("EER", both, EqualErrorRate.Metric.Compute(state).Map(found => found.Value), () => exact.EqualErrorRate);
        if (tenths > 0)
            Partial(exact, PartialAuroc.UpTo(share).Compute(state), Rational.Of(share), both);
        var rows = exact.P + exact.N;
        if (rows > 0)
        {
            var first = 1 + choices.Below((int)Math.Min(rows, int.MaxValue));
            Nearest(
                $"precision at {first}",
                true,
                PrecisionAt.Top(first).Compute(state).Map(found => found.Value),
                () => exact.PrecisionAt(first)
            );
        }
        if (both)
            Curve(exact, Auroc.Metric.Compute(state).ThrowIfFail().Points);

        Fin<(double, double, ConfusionMatrix)> Of(Metric<ScoreBatch, RankState, RateAtThreshold> metric) =>
            metric.Compute(state).Map(found => (found.Value, found.Threshold, found.Counts));

        void Point(
            string what,
            bool isDefined,
            Fin<(double Value, double Threshold, ConfusionMatrix Counts)> found,
            Func<Count> point,
            Func<Count, Rational> value
        )
        {
            Nearest(what, isDefined, found.Map(at => at.Value), () => value(point()));
            if (found.Case is (double, double threshold, ConfusionMatrix counts))
                Demand(
                    point() == (threshold, counts.TruePositives, counts.FalsePositives),
                    $"{what} is at {threshold:R} ({counts}) and must be at {point()}"
                );
        }
    }

    private static void Partial(ExactRows exact, Fin<PartialAurocResult> found, Rational limit, bool isDefined)
    {
        Nearest("partial AUROC", isDefined, found.Map(area => area.Area), () => exact.PartialAuroc(limit));
        Nearest(
            "McClish's AUROC",
            isDefined,
            found.Map(area => area.McClish),
            () =>
            {
                var half = limit * limit * new Rational(-1, 2);
                return ((exact.PartialAuroc(limit) + half) / (limit + half) + 1) * new Rational(1, 2);
            }
        );
    }

    private static void Rates(ExactRows exact, RatesAtThresholdResult found, Count at)
    {
        var (tp, fp, fn, tn) = ((BigInteger)at.Tp, (BigInteger)at.Fp, (BigInteger)exact.P - at.Tp, (BigInteger)exact.N - at.Fp);
        Rate("precision", found.Precision, tp, tp + fp);
        Rate("recall", found.Recall, tp, exact.P);
        Rate("specificity", found.Specificity, tn, exact.N);
        Rate("FPR", found.FalsePositiveRate, fp, exact.N);
        Rate("FNR", found.FalseNegativeRate, fn, exact.P);
        Rate("NPV", found.NegativePredictiveValue, tn, tn + fn);
        Rate("F1", found.F1, 2 * tp, 2 * tp + fp + fn);
        Rate("F-beta", found.FBeta, 5 * tp, 5 * tp + 4 * fn + fp);
        Rate("accuracy", found.Accuracy, tp + tn, tp + tn + fp + fn);
        Rate("balanced accuracy", found.BalancedAccuracy, tp * exact.N + tn * exact.P, 2 * (BigInteger)exact.P * exact.N);
        Rate("Youden's J", found.Youden, tp * exact.N - fp * exact.P, (BigInteger)exact.P * exact.N);
        Rate("LR+", found.PositiveLikelihoodRatio, tp * exact.N, fp * exact.P);
        Rate("LR-", found.NegativeLikelihoodRatio, fn * exact.N, tn * exact.P);
        Rate("prevalence", found.Prevalence, exact.P, (BigInteger)exact.P + exact.N);
        var (top, bottom) = (tp * tn - fp * fn, (tp + fp) * exact.P * exact.N * (tn + fn));
        Demand(found.MatthewsCorrelation.IsSucc == !bottom.IsZero, $"MCC is {found.MatthewsCorrelation}");
        if (found.MatthewsCorrelation.Case is double mcc)
            Demand(
                Math.Sign(mcc) == top.Sign && new Rational(top * top, bottom).IsNearestOfRoot(Math.Abs(mcc)),
                $"MCC is {mcc:R} and not the nearest to {top} / sqrt({bottom})"
            );

        static void Rate(string what, Fin<double> found, BigInteger top, BigInteger bottom) =>
            Nearest(what, !bottom.IsZero, found, () => new(top, bottom));
    }

    private static void Curve(ExactRows exact, CurvePoints points)
    {
        Demand(points.Count == exact.Points.Count, $"the ROC curve has {points.Count} points and must have {exact.Points.Count}");
        for (var i = 0; i < points.Count; i++)
        {
            var (threshold, tp, fp) = exact.Points[i];
            Nearest("false positive rate", true, points.X[i], () => new(fp, exact.N));
            Nearest("true positive rate", true, points.Y[i], () => new(tp, exact.P));
            Demand(
                points.Thresholds[i] == threshold,
                $"threshold {i} of the ROC curve is {points.Thresholds[i]:R} and must be {threshold:R}"
            );
        }
    }

    private static void Peers(PeerNumbers? peer, RankState state)
    {
        if (peer is null)
            return;
        var roc = Auroc.Metric.Compute(state).ThrowIfFail();
        Near("AUROC", peer.Auroc, roc.Area);
        Near("AP", peer.AveragePrecision, AveragePrecision.Metric.Compute(state).ThrowIfFail().Value);
        Near("AUPR", peer.Aupr, Aupr.Metric.Compute(state).ThrowIfFail().Area);
        Near("optimal F1", peer.F1, OptimalF1.Metric.Compute(state).ThrowIfFail().F1);
        Demand(roc.Points.Count == peer.Fpr.Length, $"the ROC curve has {roc.Points.Count} points, scikit-learn's {peer.Fpr.Length}");
        for (var i = 0; i < peer.Fpr.Length; i++)
        {
            Near($"FPR {i}", peer.Fpr[i], roc.Points.X[i]);
            Near($"TPR {i}", peer.Tpr[i], roc.Points.Y[i]);
        }
    }

    private static void Near(string what, double peer, double found) =>
        Demand(Math.Abs(peer - found) <= PeerTolerance, $"{what} is {found:R}, and scikit-learn's {peer:R}");

    private static void Nearest(string what, bool isDefined, Fin<double> found, Func<Rational> right)
    {
        Demand(found.IsSucc == isDefined, $"{what} is {found} and must {(isDefined ? "" : "not ")}be defined");
        if (found.Case is double value)
            Demand(right().IsNearest(value), $"{what} is {value:R} and not the nearest to {right().Top}/{right().Bottom}");
    }

    private static void Sum(string what, bool isDefined, Fin<double> found, Func<Rational> right)
    {
        Demand(found.IsSucc == isDefined, $"{what} is {found} and must {(isDefined ? "" : "not ")}be defined");
        if (found.Case is double value)
            Demand(
                right().IsWithin(value, SumBits),
                $"{what} is {value:R} and further than 2^-{SumBits} from {right().Top}/{right().Bottom}"
            );
    }

    private static void Demand(bool holds, FormattableString sentence)
    {
        if (!holds)
            throw new DifferenceException(FormattableString.Invariant(sentence));
    }
}
