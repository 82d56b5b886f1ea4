using System.Globalization;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The operating points of METRICS.md by their rules: all thresholds are tried, and the best kept by an explicit order. Slow and plain.</summary>
internal static class PointOracle
{
    /// <summary>One candidate: a distinct score, or +inf.</summary>
    private sealed record Cut(double Threshold, int Tp, int Fp);

    public static void Agrees(Row[] rows, FoundNumber found, EvaluationSettings settings)
    {
        var (positives, negatives) = (rows.Count(row => row.Label), rows.Count(row => !row.Label));
        Cut[] finite =
        [
            .. rows.Select(row => row.Score)
                .Distinct()
                .OrderDescending()
                .Select(t => new Cut(t, rows.Count(row => row.Label && row.Score >= t), rows.Count(row => !row.Label && row.Score >= t))),
        ];
        Cut[] all = [new(double.PositiveInfinity, 0, 0), .. finite];
        var (name, key, parameter) = Read(found.Name);
        var expected = (positives > 0 && negatives > 0, name, key) switch
        {
            (true, "tpr", "fpr") => Best(all.Where(cut => (Fraction)cut.Fp <= parameter * negatives), Tpr, Tpr, Tpr),
            (true, "fpr95", _) => Best(all.Where(cut => (Fraction)cut.Tp >= new Fraction(95, 100) * positives), Fpr, Least),
            (true, "fpr", "tpr") => Best(all.Where(cut => (Fraction)cut.Tp >= parameter * positives), Fpr, Least),
            (true, "tnr", "fnr") => Best(
                all.Where(cut => (Fraction)(positives - cut.Tp) <= parameter * positives),
                cut => new(negatives - cut.Fp, negatives),
                Least
            ),
            (true, "recall", "precision") => Best(finite.Where(cut => Precision(cut) >= parameter), Tpr, Tpr, Precision),
            (true, "precision", "recall") => Best(
                finite.Where(cut => (Fraction)cut.Tp >= parameter * positives),
                Precision,
                Precision,
                Tpr
            ),
            (true, "eer", _) => Crossing(),
            (_, "precision", "n") when rows.Length > 0 && parameter <= rows.Length => Top((int)parameter.Numerator),
            _ => null,
        };
        if (expected is { } known)
        {
            Same.Bits(known.Value.Rounded(), found.Value.ThrowIfFail().Lower, found.Name);
            var (at, counts) = (known.At, found.Counts.IfNone(default(ConfusionMatrix)));
            Same.Bits(settings.Own(at.Threshold), found.Threshold.IfNone(double.NaN), $"threshold of {found.Name}");
            Assert.Equal(new ConfusionMatrix(at.Tp, at.Fp, positives - at.Tp, negatives - at.Fp), counts);
        }
        else if (key is "fpr" or "tpr" or "fnr" or "precision" or "recall" or "n" || name is "eer" or "fpr95")
            Assert.True(found.Value.IsFail, $"{found.Name} has a value");

        Fraction Tpr(Cut cut) => new(cut.Tp, positives);

        Fraction Fpr(Cut cut) => new(cut.Fp, negatives);

        Fraction Least(Cut cut) => new(-cut.Fp, 1);

        static Fraction Precision(Cut cut) => new(cut.Tp, cut.Tp + cut.Fp);

        (Fraction Value, Cut At)? Best(IEnumerable<Cut> cuts, Func<Cut, Fraction> value, params Func<Cut, Fraction>[] order)
        {
            var ordered = cuts.OrderByDescending(order[0]);
            foreach (var next in order.Skip(1))
                ordered = ordered.ThenByDescending(next);
            return ordered.ThenByDescending(cut => cut.Threshold).FirstOrDefault() is { } best ? (value(best), best) : null;
        }

        (Fraction Value, Cut At)? Crossing()
        {
            for (var i = 1; ; i++)
                if (Fpr(all[i]) + Tpr(all[i]) is var sum && sum >= 1)
                {
                    var (before, step) = (Fpr(all[i - 1]) + Tpr(all[i - 1]), Fpr(all[i]) - Fpr(all[i - 1]));
                    return (Fpr(all[i - 1]) + step * (1 - before) / (sum - before), all[i]);
                }
        }

        (Fraction Value, Cut At)? Top(int n)
        {
            var i = Enumerable.Range(1, finite.Length).First(k => all[k].Tp + all[k].Fp >= n);
            var (above, at) = (all[i - 1], all[i]);
            var (left, tied) = (n - above.Tp - above.Fp, at.Tp + at.Fp - above.Tp - above.Fp);
            return ((above.Tp + left * new Fraction(at.Tp - above.Tp, tied)) / n, at);
        }
    }

    private static (string Name, string Key, Fraction Parameter) Read(string text) =>
        text.Split('@', '=') is [var name, var key, var value]
            ? (name, key, Fraction.Written(double.Parse(value, CultureInfo.InvariantCulture)))
            : (text, "", 0);
}
