using System.Numerics;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static System.FormattableString;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Rules that count: of all thresholds, which are the distinct scores of both classes (and +inf, which calls nothing anomalous, where a rule says so), the
/// best one. Counts are compared as exact fractions.
/// </summary>
public static class CountedRules
{
    /// <summary>The largest F1.</summary>
    public static RuleForm F1 { get; } =
        RuleForm.Of(
            "f1",
            [],
            _ => Found(LargestF1.Reduction),
            Needs.BothClasses,
            "as many anomalies found as false alarms are few",
            "the lowest score of the largest 2 tp / (2 tp + fp + fn)"
        );

    /// <summary>The largest F-beta.</summary>
    public static RuleForm FBeta { get; } =
        RuleForm.Of(
            "f-beta:2",
            [new("B", "beta", value => value > 0, "(0, inf)")],
            values => Found(BestCounts.FBeta(Fraction.OfDecimal(values[0]))),
            Needs.BothClasses,
            "the same where recall weighs B times as much as precision",
            "the lowest score of the largest (1 + B^2) tp / ((1 + B^2) tp + B^2 fn + fp)"
        );

    /// <summary>The largest Youden's J.</summary>
    public static RuleForm Youden { get; } =
        RuleForm.Of(
            "youden",
            [],
            _ => new((_, rows, _) => Found(rows, BestCounts.LeastCost(rows.Negatives, rows.Positives))),
            Needs.BothClasses,
            "anomalies and normal rows weigh the same however many there are of each",
            "the lowest score of the largest tp / P - fp / N"
        );

    /// <summary>A budget of false alarms.</summary>
    public static RuleForm MaxFpr { get; } =
        RuleForm.Of(
            "max-fpr:0.01",
            [RuleArgument.Share("A", "fpr")],
            values => new((_, rows, _) => WithinFpr(rows, values[0])),
            Needs.NormalRow,
            "the most sensitive threshold with at most a share A of false alarms; good data are enough",
            "the lowest score of either class with fp <= A N, +inf where there is none"
        );

    /// <summary>A recall to be reached.</summary>
    public static RuleForm MinRecall { get; } =
        RuleForm.Of(
            "min-recall:0.95",
            [RuleArgument.Share("R", "recall")],
            values =>
            {
                var number = PointsFound.FalsePositiveRate(Fraction.OfDecimal(values[0]));
                return new(
                    (_, rows, _) => new ChosenPoint(number.Point(rows.Sweep).Map(point => point.Threshold).IfNone(double.PositiveInfinity))
                );
            },
            Needs.AnomalousRow,
            "as few false alarms as a share R of found anomalies allows",
            "the highest score with tp >= R P"
        );

    /// <summary>A precision to be kept.</summary>
    public static RuleForm MinPrecision { get; } =
        RuleForm.Of(
            "min-precision:0.9",
            [RuleArgument.Share("P", "precision")],
            values =>
            {
                var number = PointsFound.Recall(values[0]);
                return new(
                    (name, rows, _) =>
                        number
                            .Refusal(name, rows.Sweep)
                            .Or(() =>
                                new ChosenPoint(number.Point(rows.Sweep).Map(point => point.Threshold).IfNone(double.PositiveInfinity))
                            )
                );
            },
            Needs.BothClasses,
            "as many anomalies found as a share P of right alarms allows",
            "the highest score of the largest tp with tp >= P (tp + fp)"
        );

    /// <summary>The least cost.</summary>
    public static RuleForm Cost { get; } =
        RuleForm.Of(
            "cost:10:1:0.02",
            [
                new("MISS", "miss", value => value >= 0, "[0, inf)"),
                new("FALSE", "false_alarm", value => value >= 0, "[0, inf)"),
                RuleArgument.Share("Q", "prevalence", isOptional: true),
            ],
            values =>
            {
                var (miss, mistake) = (Fraction.OfDecimal(values[0]), Fraction.OfDecimal(values[1]));
                Option<Fraction> prevalence = values.Length > 2 ? Some(Fraction.OfDecimal(values[2])) : None;
                return new((_, rows, _) => Cheapest(rows, miss, mistake, prevalence))
                {
                    Problem =
                        values[0] == 0 && values[1] == 0
                            ? Some<MetricError>(new OutOfRange("MISS of cost", 0, "(0, inf) where FALSE is 0"))
                            : None,
                };
            },
            Needs.BothClasses,
            "a missed anomaly costs MISS, a false alarm FALSE; with Q, where a share Q of the parts is anomalous and not P of P + N",
            "the lowest score, or +inf, of the least MISS fn + FALSE fp; with Q of MISS Q fn / P + FALSE (1 - Q) fp / N"
        );

    private static ThresholdRule.Choice Found(Reduction<(double Threshold, ConfusionMatrix Counts)> reduction) =>
        new((_, rows, _) => Found(rows, reduction));

    private static Fin<ChosenPoint> Found(RankState rows, Reduction<(double Threshold, ConfusionMatrix Counts)> reduction) =>
        new ChosenPoint(rows.Sweep.Of(reduction).Threshold);

    private static Fin<ChosenPoint> Cheapest(RankState rows, Fraction miss, Fraction mistake, Option<Fraction> prevalence)
    {
        // Costs of one missed and of one mistaken row, in a unit in which both are whole.
        var (missed, mistaken) = (miss.Numerator * mistake.Denominator, mistake.Numerator * miss.Denominator);
        prevalence.Iter(share =>
        {
            missed *= share.Numerator * rows.Negatives;
            mistaken *= (share.Denominator - share.Numerator) * rows.Positives;
        });
        if (mistaken.IsZero)
            return new ChosenPoint(Lowest(rows), "false alarms cost nothing, so every row is flagged");
        var (threshold, counts) = rows.Sweep.Of(BestCounts.LeastCost(missed, mistaken));
        var isWorthIt = missed * counts.FalseNegatives + mistaken * counts.FalsePositives <= missed * rows.Positives;
        return isWorthIt ? new ChosenPoint(threshold) : new ChosenPoint(double.PositiveInfinity, "every alarm costs more than it saves");
    }

    private static double Lowest(RankState rows) => rows.Extrema.Range.Map(range => range.Min).IfNone(double.PositiveInfinity);

    private static Fin<ChosenPoint> WithinFpr(RankState rows, double rate)
    {
        var share = Fraction.OfDecimal(rate);
        var allowed = share.Floor(rows.Negatives);
        if (allowed >= rows.Negatives)
            return new ChosenPoint(Lowest(rows));
        var refused = rows.NormalScores([allowed + 1])[0];
        var above = Math.Min(KeyBag.SmallestAbove(rows.NegativeKeys, refused), KeyBag.SmallestAbove(rows.PositiveKeys, refused));
        return new ChosenPoint(above, double.IsFinite(above) ? "" : Needed());

        string Needed() =>
            allowed > 0 ? Invariant($"more than {rows.Negatives} x {rate} normal rows have the highest score")
            : rate == 0 ? "a normal row has the highest score"
            : Invariant(
                $"a false positive rate of {rate} needs {(share.Denominator + share.Numerator - 1) / share.Numerator} normal scores (seen: {rows.Negatives})"
            );
    }
}
