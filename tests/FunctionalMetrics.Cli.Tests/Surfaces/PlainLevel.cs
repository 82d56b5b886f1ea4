using System.Globalization;
using FunctionalMetrics.Core.Tests;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>How a number is written.</summary>
internal enum PlainKind
{
    Count,
    Rate,
    Threshold,
    Score,
    Parameter,
    Flag,
}

/// <summary>A number that every surface must show.</summary>
/// <param name="Key">Its path in the JSON of a level.</param>
/// <param name="Title">Its name in tables; null where it stands in none.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Value">The number; null where it is undefined.</param>
/// <param name="Caption">The report's table that it stands in.</param>
internal sealed record PlainNumber(string Key, string? Title, PlainKind Kind, double? Value, string Caption = "")
{
    /// <summary>What stands behind it in tables.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The threshold that gives a number that was asked for, in the user's own scores, and tp, fp, fn and tn there.</summary>
    public double? Threshold { get; init; }

    public int[]? Counts { get; init; }

    /// <summary>How far it may be off: 0 where it is a ratio.</summary>
    public double Tolerance { get; init; }

    public bool IsAsked => Key.StartsWith("metrics.", StringComparison.Ordinal);
}

/// <summary>The numbers of a level by their definitions, by counting.</summary>
internal sealed class PlainLevel
{
    private readonly PlainRules rules;
    private readonly PlainData data;

    public PlainLevel(string level, PlainRules rules, PlainData data)
    {
        (Level, this.rules, this.data) = (level, rules, data);
        IsPixels = level == "pixel";
        Rank = new(
            IsPixels
                ? [.. data.Images.SelectMany(image => image.Pixels.Select(pixel => new Row(pixel.Score, pixel.IsAnomalous)))]
                : [.. data.Rows]
        );
        Regions = IsPixels ? [.. data.Images.SelectMany(image => image.Regions.Select(region => region.Scores))] : [];
        Adaptive = Rank.Positives == 0 ? Own(rules.DefaultThreshold) : Rank.BestThreshold;
        Given = (IsPixels ? rules.PixelThreshold : rules.Threshold) is { } given ? Own(given) : null;
    }

    public string Level { get; }

    public bool IsPixels { get; }

    public RankOracle Rank { get; }

    public double[][] Regions { get; }

    /// <summary>The lowest threshold of the largest F1, or the default one, as scores are ranked.</summary>
    public double Adaptive { get; }

    public double? Given { get; }

    /// <summary>The threshold that a page is opened at.</summary>
    public double Start => Given ?? Adaptive;

    public double Own(double ranked) => rules.Lower ? 0 - ranked : ranked + 0.0;

    public int[] Counts(double threshold)
    {
        var (tp, fp) = (Rank.Tp(threshold), Rank.Fp(threshold));
        return [tp, fp, Rank.Positives - tp, Rank.Negatives - fp];
    }

    public Polyline Pro => new([(0, 0), .. Rank.Thresholds.Select(t => (Rank.Fpr(t), Overlap(t)))]);

    public Fraction Overlap(double threshold) =>
        Regions.Aggregate((Fraction)0, (sum, region) => sum + new Fraction(region.Count(score => score >= threshold), region.Length))
        / Regions.Length;

    private bool HasBoth => Rank is { Positives: > 0, Negatives: > 0 };

    private string Sign => rules.Lower ? "≤" : "≥";

    /// <summary>All numbers, in the order of the tables.</summary>
    public IEnumerable<PlainNumber> Numbers()
    {
        const string Ranking = "Ranking";
        const string There = "At the adaptive threshold";
        const string AtGiven = "At the given threshold";
        const string Data = "Data";
        var found = Rank.Positives > 0;
        yield return new("rows", "rows", PlainKind.Count, Rank.Rows.Count, Data);
        yield return new("positives", "anomalous", PlainKind.Count, Rank.Positives, Data);
        yield return new("auroc", "AUROC", PlainKind.Rate, HasBoth ? Rank.Auroc.Rounded() : null, Ranking);
        yield return new("aupr", "AUPR", PlainKind.Rate, found ? Rank.Aupr.Rounded() : null, Ranking) { Tolerance = 1e-15 };
        yield return new("average_precision", "average precision", PlainKind.Rate, found ? Rank.AveragePrecision.Rounded() : null, Ranking)
        {
            Tolerance = 1e-15,
        };
        if (IsPixels)
        {
            yield return new(
                "aupro",
                FormattableString.Invariant($"AUPRO, FPR up to {rules.FprLimit}"),
                PlainKind.Rate,
                Aupro(rules.FprLimit),
                Ranking
            )
            {
                Tolerance = 1e-15,
            };
            yield return new("fpr_limit", null, PlainKind.Parameter, rules.FprLimit);
            yield return new("regions", "regions", PlainKind.Count, Regions.Length, Data);
        }
        yield return new("optimal_f1", "optimal F1", PlainKind.Rate, found ? Rank.F1(Adaptive).Rounded() : null, Ranking);
        yield return new("adaptive_threshold", $"threshold (anomalous: score {Sign} it)", PlainKind.Threshold, Own(Adaptive), There)
        {
            Remark = found ? "" : "(default)",
        };
        yield return new("adaptive_threshold_is_default", null, PlainKind.Flag, found ? 0 : 1);
        foreach (var number in Called("at_threshold", Adaptive, There, false))
            yield return number;
        if (Given is { } given)
        {
            yield return new(
                "at_given_threshold.threshold",
                $"given threshold (anomalous: score {Sign} it)",
                PlainKind.Parameter,
                Own(given),
                AtGiven
            );
            foreach (var number in Called("at_given_threshold", given, AtGiven, true))
                yield return number;
        }
        var own = Rank.Rows.Select(row => Own(row.Score)).ToList();
        yield return new("min", "smallest score", PlainKind.Score, own.Count > 0 ? own.Min() : null, Data);
        yield return new("max", "largest score", PlainKind.Score, own.Count > 0 ? own.Max() : null, Data);
        foreach (var name in rules.Asked)
            if (Asked(name) is { } asked)
                yield return asked;
    }

    private IEnumerable<PlainNumber> Called(string place, double threshold, string caption, bool isGiven)
    {
        var counts = Counts(threshold);
        foreach (
            var (count, key, title) in counts.Zip(
                ["tp", "fp", "fn", "tn"],
                ["true positives", "false positives", "false negatives", "true negatives"]
            )
        )
            yield return new($"{place}.{key}", "  " + title, PlainKind.Count, count, caption);
        yield return new($"{place}.precision", "  precision", PlainKind.Rate, Ratio(counts[0], counts[0] + counts[1]), caption);
        yield return new($"{place}.recall", "  recall", PlainKind.Rate, Ratio(counts[0], Rank.Positives), caption);
        if (!isGiven)
            yield break;
        yield return new($"{place}.f1", "  F1", PlainKind.Rate, Ratio(2 * counts[0], 2 * counts[0] + counts[1] + counts[2]), caption);
        yield return new($"{place}.fpr", "  false positive rate", PlainKind.Rate, Ratio(counts[1], Rank.Negatives), caption);
    }

    private static double? Ratio(long part, long whole) => whole == 0 ? null : new Fraction(part, whole).Rounded();

    private static double? Ratio(Fraction part, Fraction whole) => whole == 0 ? null : (part / whole).Rounded();

    public double? Aupro(double limit) =>
        Regions.Length > 0 && Rank.Negatives > 0 ? (Pro.AreaUpTo(Fraction.Exactly(limit)) / Fraction.Exactly(limit)).Rounded() : null;

    /// <summary>A number that is asked for by name; null where the level does not have it.</summary>
    private PlainNumber? Asked(string name)
    {
        var (form, values) = Cut(name);
        return form switch
        {
            "auroc" => Plain(HasBoth ? Rank.Auroc.Rounded() : null, 0),
            "ap" => Plain(Rank.Positives > 0 ? Rank.AveragePrecision.Rounded() : null, 1e-15),
            "aupr-out" => Plain(Rank.Positives > 0 ? Rank.Aupr.Rounded() : null, 1e-15),
            "aupr-in" => Plain(
                Rank.Negatives > 0 ? new RankOracle([.. Rank.Rows.Select(row => new Row(0 - row.Score, !row.Label))]).Aupr.Rounded() : null,
                1e-15
            ),
            "optimal_f1" => Plain(Rank.Positives > 0 ? Rank.F1(Adaptive).Rounded() : null, 0),
            "aupro@" => IsPixels ? Plain(Aupro(values[0]), 1e-15) : null,
            "aupimo" => IsPixels ? Plain(Aupimo(1e-5, 1e-4), 1e-12) : null,
            "aupimo@" => IsPixels ? Plain(Aupimo(values[0], values[1]), 1e-12) : null,
            "pauroc@" => Plain(HasBoth ? Partial(values[0]).Rounded() : null, 0),
            "mcclish@" => Plain(HasBoth ? McClish(Fraction.Exactly(values[0]), Partial(values[0])).Rounded() : null, 0),
            "logauroc@" => Plain(
                HasBoth && Fraction.Written(values[0]) * Rank.Negatives >= 1 ? LogAuroc(values[0], values[1]) : null,
                1e-12
            ),
            "tpr@fpr=" => At(Where(t => Fp(t) <= Fraction.Written(values[0]) * Rank.Negatives, Tp), t => new(Tp(t), Rank.Positives)),
            "fpr95" => At(Where(t => Tp(t) >= new Fraction(95, 100) * Rank.Positives, t => -Fp(t)), t => new(Fp(t), Rank.Negatives)),
            "fpr@tpr=" => At(
                Where(t => Tp(t) >= Fraction.Written(values[0]) * Rank.Positives, t => -Fp(t)),
                t => new(Fp(t), Rank.Negatives)
            ),
            "tnr@fnr=" => At(
                Where(t => Rank.Positives - Tp(t) <= Fraction.Written(values[0]) * Rank.Positives, t => -Fp(t)),
                t => new(Rank.Negatives - Fp(t), Rank.Negatives)
            ),
            "recall@precision=" => At(
                Where(
                    t => Tp(t) + Fp(t) > 0 && Tp(t) >= Fraction.Written(values[0]) * (Tp(t) + Fp(t)),
                    t => new Fraction(Tp(t), Rank.Positives) * 1000 + new Fraction(Tp(t), Tp(t) + Fp(t)) / 1000
                ),
                t => new(Tp(t), Rank.Positives)
            ),
            "precision@recall=" => At(
                Where(
                    t => Tp(t) + Fp(t) > 0 && Tp(t) >= Fraction.Written(values[0]) * Rank.Positives,
                    t => new Fraction(Tp(t), Tp(t) + Fp(t)) * 100000 + new Fraction(Tp(t), Rank.Positives)
                ),
                t => new(Tp(t), Tp(t) + Fp(t))
            ),
            "eer" => At(HasBoth ? Rank.Thresholds.First(t => Rank.Fpr(t) + Rank.Tpr(t) >= 1) : null, _ => EqualErrorRate()),
            "precision@n=" => PrecisionAt((int)values[0]),
            _ => Rate(form, values),
        };

        PlainNumber Plain(double? value, double tolerance) =>
            new("metrics." + name, name, Kind(value), value, "Asked for") { Tolerance = tolerance };

        PlainNumber At(double? threshold, Func<double, Fraction> value) =>
            threshold is { } t
                ? Plain(value(t).Rounded(), 0) with
                {
                    Threshold = Own(t),
                    Counts = Counts(t),
                    Remark = "at " + Exact(Own(t)),
                }
                : Plain(null, 0);

        PlainNumber Rate(string rate, double[] parameters)
        {
            // No threshold is best, and none is given: there is only what no threshold changes.
            if (Given is null && Rank.Positives == 0)
                return Plain(rate == "prevalence" ? Ratio(0, Rank.Negatives) : null, 0);
            var counts = Counts(Start);
            var (tp, fp, fn, tn) = ((long)counts[0], (long)counts[1], (long)counts[2], (long)counts[3]);
            var square = parameters.Length > 0 ? Fraction.Written(parameters[0]) * Fraction.Written(parameters[0]) : 0;
            var value = rate switch
            {
                "precision" => Ratio(tp, tp + fp),
                "recall" => Ratio(tp, tp + fn),
                "specificity" => Ratio(tn, tn + fp),
                "fpr" => Ratio(fp, tn + fp),
                "fnr" => Ratio(fn, tp + fn),
                "npv" => Ratio(tn, tn + fn),
                "f1" => Ratio(2 * tp, 2 * tp + fp + fn),
                "fbeta@" => Ratio((square + 1) * tp, (square + 1) * tp + square * fn + fp),
                "accuracy" => Ratio(tp + tn, tp + fp + fn + tn),
                "prevalence" => Ratio(tp + fn, tp + fp + fn + tn),
                "balanced_accuracy" => HasBoth ? ((new Fraction(tp, tp + fn) + new Fraction(tn, tn + fp)) / 2).Rounded() : null,
                "youden" => HasBoth ? (new Fraction(tp, tp + fn) - new Fraction(fp, tn + fp)).Rounded() : null,
                "lr_plus" => HasBoth && fp > 0 ? (new Fraction(tp, tp + fn) / new Fraction(fp, tn + fp)).Rounded() : null,
                "lr_minus" => HasBoth && tn > 0 ? (new Fraction(fn, tp + fn) / new Fraction(tn, tn + fp)).Rounded() : null,
                "mcc" => tp + fp == 0 || tp + fn == 0 || tn + fp == 0 || tn + fn == 0
                    ? null
                    : (tp * tn - fp * fn) / Math.Sqrt((double)(tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)),
                _ => throw new InvalidOperationException($"the oracle has no number '{name}': give it one"),
            };
            return Plain(value, rate == "mcc" ? 1e-15 : 0) with
            {
                Threshold = Own(Start),
                Counts = counts,
                Remark = "at " + Exact(Own(Start)),
            };
        }

        PlainNumber PrecisionAt(int n)
        {
            if (n > Rank.Rows.Count)
                return Plain(null, 0);
            var t = Rank.Thresholds.First(at => Tp(at) + Fp(at) >= n);
            var block = Rank.Rows.Where(row => row.Score == t).ToList();
            var (above, anomalous) = (Rank.Rows.Count(row => row.Score > t), Rank.Rows.Count(row => row.Score > t && row.Label));
            return At(t, _ => (anomalous + new Fraction((n - above) * block.Count(row => row.Label), block.Count)) / n);
        }

        // Likelihood ratios are no shares, and Youden's J and MCC can be below 0.
        static PlainKind Kind(double? value) => value is < 0 or > 1 ? PlainKind.Score : PlainKind.Rate;
    }

    private int Tp(double t) => Rank.Tp(t);

    private int Fp(double t) => Rank.Fp(t);

    /// <summary>The highest threshold, +inf among them, of the largest value where a condition holds; null where it holds nowhere or a class is missing.</summary>
    private double? Where(Func<double, bool> holds, Func<double, Fraction> value)
    {
        if (!HasBoth)
            return null;
        var some = Rank.Thresholds.Prepend(double.PositiveInfinity).Where(holds).ToList();
        return some.Count == 0 ? null : some.First(t => value(t) == some.Max(value));
    }

    private double? Where(Func<double, bool> holds, Func<double, int> value) => Where(holds, t => (Fraction)value(t));

    private Fraction Partial(double limit) => Rank.Roc.AreaUpTo(Fraction.Exactly(limit));

    private static Fraction McClish(Fraction m, Fraction area) => (1 + (area - m * m / 2) / (m - m * m / 2)) / 2;

    private Fraction EqualErrorRate()
    {
        foreach (var ((x0, y0), (x1, y1)) in Rank.Roc.Points.Zip(Rank.Roc.Points.Skip(1)))
            if (x1 + y1 >= 1)
                return x0 + (x1 - x0) * (1 - x0 - y0) / (x1 + y1 - x0 - y0);
        throw new InvalidOperationException("a ROC curve ends at (1, 1)");
    }

    private double LogAuroc(double lo, double hi)
    {
        var area = 0.0;
        foreach (var (from, to) in Rank.Roc.Points.Zip(Rank.Roc.Points.Skip(1)))
        {
            var (x0, y0, x1, y1) = (from.X.Rounded(), from.Y.Rounded(), to.X.Rounded(), to.Y.Rounded());
            var (a, b) = (Math.Max(x0, lo), Math.Min(x1, hi));
            if (a >= b)
                continue;
            var slope = (y1 - y0) / (x1 - x0);
            area += (y0 - slope * x0) * Math.Log(b / a) + slope * (b - a);
        }
        return area / Math.Log(hi / lo);
    }

    private double? Aupimo(double lo, double hi)
    {
        var images = data
            .Images.Where(image => image.Pixels.Length > 0 && image.IsAnomalous == image.Pixels.Any(pixel => pixel.IsAnomalous))
            .Select(image => new Image(
                1,
                image.Pixels.Length,
                [.. image.Pixels.Select(pixel => pixel.Score)],
                [.. image.Pixels.Select(pixel => pixel.IsAnomalous)]
            ))
            .ToList();
        var oracle = new PimoOracle(images);
        return !oracle.HasBoth || oracle.SmallestRate > Fraction.Exactly(lo)
            ? null
            : images
                .Where(image => image.Mask.Contains(true))
                .Average(image => oracle.Area(image, Fraction.Exactly(lo), Fraction.Exactly(hi)));
    }

    private static (string Form, double[] Values) Cut(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal) + 1;
        var start = Math.Max(at, name.IndexOf('=', StringComparison.Ordinal) + 1);
        return at == 0
            ? (name, [])
            : (name[..start], [.. name[start..].Split(':').Select(text => double.Parse(text, CultureInfo.InvariantCulture))]);
    }

    public static string Exact(double value) =>
        double.IsPositiveInfinity(value) ? "inf"
        : double.IsNegativeInfinity(value) ? "-inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
