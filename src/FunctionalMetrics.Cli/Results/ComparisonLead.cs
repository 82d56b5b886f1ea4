using System.Globalization;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using static System.FormattableString;

namespace FunctionalMetrics.Cli;

/// <summary>A comparison in sentences that a person acts on. They never say that one detector is ahead where the interval holds 0.</summary>
internal static class ComparisonLead
{
    /// <summary>The one line for those who read no more.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="units">What several units are: images or rows.</param>
    public static string Of(Comparison result, string units) =>
        result.Models.Length == 2 ? OfPair([.. result.Pairs], units) : Highest(result, units);

    /// <summary>The same with its numbers, each as what it is of and sentences.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="units">What several units are: images or rows.</param>
    public static IEnumerable<(string Name, string Text)> Summary(Comparison result, string units)
    {
        if (result.Models.Length == 2)
        {
            yield return ("Detectors", $"{result.Models[0]} (a) and {result.Models[1]} (b)");
            foreach (var pair in result.Pairs.Take(1))
                yield return (Title(pair), Valued(pair));
            foreach (var pair in result.Pairs.Where(pair => pair.Method == ComparedPair.McNemarMethod))
                yield return ("Decisions", Decided(pair, result, units));
        }
        else
            foreach (var pairs in result.Pairs.GroupBy(pair => (pair.A, pair.B)))
                yield return ($"{pairs.Key.A} and {pairs.Key.B}", OfPair([.. pairs], units));
        yield return ("How sure", Sure(result));
    }

    private static string Decided(ComparedPair pair, Comparison result, string units) =>
        $"{pair.A} decides {Rightly(pair.ValueOfA)} of the {units} rightly, {pair.B} {Rightly(pair.ValueOfB)}; {Readable.Count(pair.Flipped.Length)} of {Readable.Count(result.Units)} flip. {Capital(pair.Verdict)}{pair.P.Match(p => $" (p {ComparisonText.Chance(p)})", _ => "")}.";

    private static string Sure(Comparison result)
    {
        var rules = result.Pairs[0].Rules;
        var level = (rules.Level * 100).ToString("0.####", CultureInfo.InvariantCulture);
        var chance = ((1 - rules.Level) * 100).ToString("0.####", CultureInfo.InvariantCulture);
        return $"In brackets: where the true difference lies in {level} of 100 such samples. A difference is said where p is below {chance}% and the interval leaves 0 out. Each number is tested for itself: of 100 numbers of equal detectors {chance} would be said to differ."
            + (result.Models.Length > 2 ? " p of a number is corrected for the pairs of detectors (Holm)." : "")
            + " No difference shown is no proof that there is none"
            + (rules.Margin is { } margin ? Invariant($"; equivalent means that the difference is shown to be below {margin}.") : ".");
    }

    /// <summary>What may be said of two detectors.</summary>
    private static string OfPair(ComparedPair[] pairs, string units)
    {
        var (a, b) = (pairs[0].A, pairs[0].B);
        var tested = pairs.Where(pair => pair.P.IsSucc).ToList();
        var same = pairs.Where(pair => pair.Equivalence.Exists(found => found.Exists(test => test.Holds))).ToList();
        var equivalent = same.Count == 0 ? "" : Invariant($" They are equivalent within {same[0].Rules.Margin} in {Titles(same)}.");
        var shown = tested.Where(pair => pair.IsDifferent).ToList();
        if (tested.Count == 0)
            return $"{a} and {b} cannot be compared on these {units}: no number has a test.{equivalent}";
        if (shown.Count == 0)
            return $"{a} and {b} cannot be told apart on these {units}: {(tested.Count == 1 ? $"{Titles(tested)} shows no difference" : $"none of {tested.Count} numbers shows a difference")}. Choose between them by other means, or judge more {units}.{equivalent}";
        var rest = tested.Count - shown.Count;
        return string.Join(
                "; ",
                shown
                    .GroupBy(pair =>
                        pair.Method == ComparedPair.WilcoxonMethod ? $"{a} and {b} differ"
                        : pair.Difference.IfFail(0) > 0 ? $"{a} is higher than {b}"
                        : $"{b} is higher than {a}"
                    )
                    .Select(alike => $"{alike.Key} in {Titles(alike)}")
                    .Concat(
                        rest == 0
                            ? []
                            : [$"in the other {(rest == 1 ? "number" : $"{rest} numbers")} of {tested.Count} they cannot be told apart"]
                    )
            ) + $".{equivalent}";
    }

    /// <summary>Of several detectors: the one whose first number is highest, and which of the others it can be told apart from.</summary>
    private static string Highest(Comparison result, string units)
    {
        var first = result.Pairs[0];
        var pairs = result.Pairs.Where(pair => (pair.Level, pair.Metric) == (first.Level, first.Metric)).ToList();
        var values = pairs
            .SelectMany(pair => new (string Name, LanguageExt.Fin<double> Value)[] { (pair.A, pair.ValueOfA), (pair.B, pair.ValueOfB) })
            .Where(model => model.Value.IsSucc)
            .Select(model => (model.Name, Value: model.Value.IfFail(0)))
            .Distinct()
            .OrderByDescending(model => model.Value)
            .ToList();
        if (values.Count == 0)
            return $"{Titles([first])} of these {units} is undefined; what else may be said stands below.";
        var tops = values.Where(model => model.Value.Equals(values[0].Value)).Select(model => model.Name).ToList();
        var top = tops[0];
        var others = pairs
            .Where(pair => (pair.A == top || pair.B == top) && !tops.Contains(Other(pair)))
            .ToLookup(
                pair =>
                    pair.P.IsFail ? "has no test against that of"
                    : pair.IsDifferent ? "is higher than that of"
                    : "cannot be told apart from that of",
                Other
            );
        var highest = $"{Capital(Titles([first]))} of {List(tops)} is {Readable.Rate(values[0].Value)}";
        return others.Count == 0
            ? $"{highest} on these {units}."
            : $"{highest}, the highest of {result.Models.Length}: {(tops.Count > 1 ? $"that of {top}" : "it")} "
                + string.Join(" and ", others.Select(part => $"{part.Key} {List([.. part])}"))
                + $" on these {units}.";

        string Other(ComparedPair pair) => pair.A == top ? pair.B : pair.A;
    }

    /// <summary>A number of both, and how far apart.</summary>
    private static string Valued(ComparedPair pair) =>
        $"{Rate(pair.ValueOfA)} and {Rate(pair.ValueOfB)}; a - b is {pair.Difference.Match(ComparisonText.Signed, why => why.Message)}"
        + pair.Interval.ToSeq()
            .Bind(found => found.ToSeq())
            .HeadOrNone()
            .Match(found => $" ({ComparisonText.Signed(found.Lower)} to {ComparisonText.Signed(found.Upper)})", () => "")
        + pair.P.Match(p => $", p {ComparisonText.Chance(p)}", _ => "")
        + $": {pair.Verdict}.";

    private static string Rate(LanguageExt.Fin<double> value) => value.Match(Readable.Rate, _ => "undefined");

    private static string Rightly(LanguageExt.Fin<double> share) =>
        share.Match(value => (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%", _ => "none");

    private static string Title(ComparedPair pair) => Capital($"{pair.Level} {pair.Title}");

    private static string Titles(IEnumerable<ComparedPair> pairs) =>
        List([
            .. pairs.Select(pair =>
                pair.Method == ComparedPair.McNemarMethod ? "the share that is decided rightly" : $"{pair.Level} {pair.Title}"
            ),
        ]);

    private static string List(IReadOnlyList<string> all) =>
        all.Count == 1 ? all[0] : $"{string.Join(", ", all.Take(all.Count - 1))} and {all[^1]}";

    /// <summary>The name of a number at the head of a row; one that was asked for stands as it was written.</summary>
    public static string Named(ComparedPair pair) => pair.Metric.Contains('.', StringComparison.Ordinal) ? pair.Title : Capital(pair.Title);

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
