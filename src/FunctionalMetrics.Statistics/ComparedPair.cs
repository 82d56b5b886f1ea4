using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using static System.FormattableString;

namespace FunctionalMetrics.Statistics;

/// <summary>A number of two models. Immutable.</summary>
/// <param name="Level">image (also of rows), or pixel.</param>
/// <param name="Metric">The number's key in the JSON of an evaluation, such as auroc, or metrics.recall where it was asked for by name; aupimo; or decisions, the share that is decided rightly.</param>
/// <param name="A">The one model.</param>
/// <param name="B">The other.</param>
/// <param name="Method">Where interval and p come from: delong, clustered, bootstrap, wilcoxon or mcnemar.</param>
/// <param name="Rules">What was asked for.</param>
public sealed record ComparedPair(string Level, string Metric, string A, string B, string Method, ComparisonRules Rules)
{
    /// <summary>DeLong's test of areas of independent rows or images.</summary>
    public const string DeLongMethod = "delong";

    /// <summary>Obuchowski's test of areas of pixels, by image.</summary>
    public const string ClusteredMethod = "clustered";

    /// <summary>Wilcoxon's signed ranks of values of images.</summary>
    public const string WilcoxonMethod = "wilcoxon";

    /// <summary>The image bootstrap.</summary>
    public const string BootstrapMethod = "bootstrap";

    /// <summary>McNemar's exact test of decisions.</summary>
    public const string McNemarMethod = "mcnemar";

    /// <summary>What the key of a number begins with that was asked for by name.</summary>
    internal const string AskedPlace = "metrics.";

    /// <summary>What the number is called, as evaluations call it: AUROC, AUPIMO, decided rightly.</summary>
    public string Title =>
        Metric switch
        {
            "aupimo" => "AUPIMO",
            "decisions" => "decided rightly",
            _ when Metric.StartsWith(AskedPlace, StringComparison.Ordinal) => Metric[AskedPlace.Length..],
            _ => (
                Level == Levels.Pixel
                    ? LevelNumbers.Of(RegionState.Empty, Rules.Settings)
                    : LevelNumbers.Of(RankState.Empty, Rules.Settings)
            )
                .Numbers.Where(number => number.Key == Metric)
                .Select(number => number.Title?.Trim())
                .FirstOrDefault()
                ?? Metric,
        };

    /// <summary>The number of the one.</summary>
    public required Fin<double> ValueOfA { get; init; }

    /// <summary>The number of the other.</summary>
    public required Fin<double> ValueOfB { get; init; }

    /// <summary>a - b.</summary>
    public required Fin<double> Difference { get; init; }

    /// <summary>The interval of the difference; none where the test has none.</summary>
    public Option<Fin<Interval>> Interval { get; init; }

    /// <summary>The chance of a difference as large, either way, were there none.</summary>
    public required Fin<double> P { get; init; }

    /// <summary>The same with Holm's correction over all pairs of models; none for two models.</summary>
    public Option<double> PHolm { get; init; }

    /// <summary>Whether the models are equivalent, where a margin was given and the number has an interval.</summary>
    public Option<Fin<Equivalence>> Equivalence { get; init; }

    /// <summary>How many draws had no value and were left out.</summary>
    public int WithoutValue { get; init; }

    /// <summary>Over how many categories it is the mean; 0 where it is of one.</summary>
    public int Categories { get; init; }

    /// <summary>What the two decide differently, at their thresholds, in the order of the rows or names.</summary>
    public ImmutableArray<Flip> Flipped { get; init; } = [];

    /// <summary>Whether a difference is shown: p, corrected where there are several pairs, is below 1 - level, and the interval, where there is one, leaves 0 out.</summary>
    public bool IsDifferent =>
        PHolm.Match(p => p, () => P.IfFail(1)) < 1 - Rules.Level
        && Interval.Match(found => found.Match(between => !between.Contains(0), _ => false), () => true);

    /// <summary>In words what may be said; never that one is ahead where the interval holds 0.</summary>
    public string Verdict =>
        (
            P.IsFail ? "no test"
            : !IsDifferent ? "no difference shown"
            : Method == WilcoxonMethod ? "they differ"
            : $"{(Difference.IfFail(0) > 0 ? A : B)} is higher"
        ) + (Equivalence.Exists(found => found.Exists(test => test.Holds)) ? Invariant($", equivalent within {Rules.Margin}") : "");
}

/// <summary>A row or an image that two models decide differently. Compared by value; immutable.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Right">The model that decides it rightly.</param>
public sealed record Flip(string Name, string Right);
