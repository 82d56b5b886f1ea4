namespace FunctionalMetrics.Core.Tests;

/// <summary>The rules of METRICS.md by trying every score, in exact fractions. Slow and plain.</summary>
internal static class RuleOracle
{
    /// <summary>The threshold as rows are ranked; nothing where the rule has none. Of sigma it tells only whether there is one.</summary>
    public static double? Threshold(string rule, Row[] rows, bool isNegated)
    {
        var name = rule.Split(':')[0];
        var values = rule.Split(':').Skip(1).Select(text => Written(text)).ToArray();
        var normal = rows.Where(row => !row.Label).Select(row => row.Score).Order().ToArray();
        var (positives, negatives) = (rows.Count(row => row.Label), normal.Length);
        var needsBoth = name is "f1" or "f-beta" or "youden" or "min-precision" or "cost";
        if ((needsBoth || name == "min-recall" ? positives == 0 : negatives == 0) || (needsBoth && negatives == 0))
            return null;
        var finite = rows.Select(row => row.Score).Distinct().Select(Cut).ToArray();
        (double T, int Tp, int Fp)[] all = [.. finite, (double.PositiveInfinity, 0, 0)];
        switch (name)
        {
            case "f1" or "f-beta":
                var square = name == "f1" ? 1 : values[0] * values[0];
                return Lowest(finite, cut => (1 + square) * cut.Tp / ((1 + square) * cut.Tp + square * (positives - cut.Tp) + cut.Fp));
            case "youden":
                return Lowest(finite, cut => new Fraction(cut.Tp, positives) - new Fraction(cut.Fp, negatives));
            case "max-fpr":
                return all.Where(cut => cut.Fp <= values[0] * negatives).Min(cut => cut.T);
            case "min-recall":
                return all.Where(cut => cut.Tp >= values[0] * positives).Max(cut => cut.T);
            case "min-precision":
                var precise = finite.Where(cut => cut.Tp >= values[0] * (cut.Tp + cut.Fp)).ToArray();
                return precise.Length == 0
                    ? null
                    : precise.OrderByDescending(cut => cut.Tp).ThenBy(cut => cut.Fp).ThenByDescending(cut => cut.T).First().T;
            case "cost":
                var (miss, mistake) =
                    values.Length > 2
                        ? (values[0] * values[2] / positives, values[1] * (1 - values[2]) / negatives)
                        : (values[0], values[1]);
                return Lowest(all, cut => 0 - (miss * (positives - cut.Tp) + mistake * cut.Fp));
            case "quantile":
                var place = values[0] * (negatives - 1);
                var below = (int)(place.Numerator / place.Denominator);
                var (low, high) = (Fraction.Exactly(normal[below]), Fraction.Exactly(normal[Math.Min(below + 1, negatives - 1)]));
                return (place == below ? normal[below] : (low + (place - below) * (high - low)).Rounded()) + 0.0;
            case "conformal":
                var rank = Enumerable.Range(0, negatives + 2).First(i => i >= (1 - values[0]) * (negatives + 1));
                return rank > negatives ? null : Math.BitIncrement(normal[rank - 1]) + 0.0;
            case "log-sigma":
                double[] given = [.. normal.Select(score => isNegated ? -score : score)];
                if (given.Any(score => score <= 0) || negatives < 2)
                    return null;
                var logs = given.Select(score => Math.Log(score)).ToArray();
                var mean = logs.Average();
                var deviation = Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (negatives - 1));
                var k = values[0].Rounded();
                return isNegated ? -Math.Exp(mean - k * deviation) : Math.Exp(mean + k * deviation);
            default:
                return 0;
        }

        (double T, int Tp, int Fp) Cut(double t) =>
            (t, rows.Count(row => row.Label && row.Score >= t), rows.Count(row => !row.Label && row.Score >= t));

        static double Lowest((double T, int Tp, int Fp)[] cuts, Func<(double T, int Tp, int Fp), Fraction> value)
        {
            var best = cuts.Max(value);
            return cuts.Where(cut => value(cut) == best).Min(cut => cut.T);
        }
    }

    /// <summary>A number is mean + k std, correctly rounded: that lies between the middles to the neighbouring doubles. Squares are compared, so no root is taken.</summary>
    public static void IsSigma(double found, string rule, Row[] rows)
    {
        if (double.IsInfinity(found))
            return;
        var k = Written(rule.Split(':')[1]);
        var scores = rows.Where(row => !row.Label).Select(row => Fraction.Exactly(row.Score)).ToArray();
        var mean = Sum(scores) / scores.Length;
        var square = k * k * (Sum(scores.Select(score => score * score)) / scores.Length - mean * mean);
        var (below, above) = (Math.BitDecrement(found), Math.BitIncrement(found));
        if (double.IsInfinity(below) || double.IsInfinity(above))
            return;
        var half = new Fraction(1, 2);
        Assert.True(Order((Fraction.Exactly(below) + Fraction.Exactly(found)) * half - mean) <= 0, $"{rule}: {found:R} is too high");
        Assert.True(Order((Fraction.Exactly(above) + Fraction.Exactly(found)) * half - mean) >= 0, $"{rule}: {found:R} is too low");

        // How x compares with k std.
        int Order(Fraction x) =>
            k >= 0
                ? x < 0
                    ? -1
                    : (x * x).CompareTo(square)
                : x > 0
                    ? 1
                    : square.CompareTo(x * x);

        static Fraction Sum(IEnumerable<Fraction> all) => all.Aggregate((Fraction)0, (sum, one) => sum + one);
    }

    private static Fraction Written(string text)
    {
        var parts = text.ToLowerInvariant().Split('e');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = System.Numerics.BigInteger.Parse(
            parts[0].Replace(".", "", StringComparison.Ordinal),
            System.Globalization.CultureInfo.InvariantCulture
        );
        var power =
            (parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0)
            - (point < 0 ? 0 : parts[0].Length - point - 1);
        return power >= 0
            ? new(digits * System.Numerics.BigInteger.Pow(10, power), 1)
            : new(digits, System.Numerics.BigInteger.Pow(10, -power));
    }
}
