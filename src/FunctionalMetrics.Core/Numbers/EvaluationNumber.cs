using System.Collections.Immutable;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A number that evaluations show, declared beside its metric as a public static property of this type: that is all it takes for it to stand in the
/// table, the JSON of both levels, the report and state files, and for passes, bounded memory and a cluster to give it.
/// <code>
/// public static EvaluationNumber Number { get; } = EvaluationNumber.Rate("auroc", "AUROC", 100, Area);
/// </code>
/// Immutable and safe to share between threads.
/// </summary>
public sealed class EvaluationNumber
{
    private readonly Func<EvaluationSettings, Chosen> choose;

    private EvaluationNumber(string key, NumberKind kind, int order, Func<EvaluationSettings, Chosen> choose) =>
        (Key, Kind, Order, this.choose) = (key, kind, order, choose);

    /// <summary>All that are declared, in their order; each key once.</summary>
    public static ImmutableArray<EvaluationNumber> All { get; } =
    [
        .. Declared
            .All<EvaluationNumber>()
            .ToDictionary(number => number.Key)
            .Values.OrderBy(number => number.Order)
            .ThenBy(number => number.Key, StringComparer.Ordinal),
    ];

    /// <summary>Its name in JSON; what stands before a dot is the name of the object that it stands in.</summary>
    public string Key { get; }

    /// <summary>What kind of number it is.</summary>
    public NumberKind Kind { get; }

    /// <summary>Its place among the others.</summary>
    public int Order { get; }

    /// <summary>Whether it is shown unasked.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>The number of a metric of ranks or regions: a rate or an area in [0, 1].</summary>
    internal static EvaluationNumber Rate(string key, string title, int order, RankNumber number) => Rate(key, order, _ => (title, number));

    /// <summary>The same of a metric with parameters, which the settings hold.</summary>
    internal static EvaluationNumber Rate(string key, int order, Func<EvaluationSettings, (string Title, RankNumber Number)> choose) =>
        new(
            key,
            NumberKind.Rate,
            order,
            settings =>
            {
                var (title, made) = choose(settings);
                return new(title, [made.Number.Reduction], made.Of);
            }
        );

    /// <summary>Any other number.</summary>
    /// <param name="key">Its name in JSON.</param>
    /// <param name="kind">What kind of number it is.</param>
    /// <param name="title">Its name in tables; without one it stands in none.</param>
    /// <param name="order">Its place.</param>
    /// <param name="value">The number of a level; none at a level that does not have it.</param>
    /// <param name="remark">What tables put after the number.</param>
    /// <param name="reductions">What it reads off a sweep.</param>
    internal static EvaluationNumber Of(
        string key,
        NumberKind kind,
        Func<EvaluationSettings, string?> title,
        int order,
        Func<Ranking, EvaluationSettings, Option<Fin<Interval>>> value,
        Func<Ranking, string>? remark = null,
        params ImmutableArray<IReduction> reductions
    ) => new(key, kind, order, settings => new(title(settings), reductions, ranking => value(ranking, settings)) { Remark = remark });

    /// <summary>The number with its parameters chosen.</summary>
    internal Chosen With(EvaluationSettings settings) => choose(settings);

    /// <summary>A number whose parameters are chosen.</summary>
    internal sealed record Chosen(string? Title, ImmutableArray<IReduction> Reductions, Func<Ranking, Option<Fin<Interval>>> Value)
    {
        public Func<Ranking, string>? Remark { get; init; }
    }
}

/// <summary>What kind of number it is: how it is written, and whether it turns with the sign of the scores.</summary>
public enum NumberKind
{
    /// <summary>How many.</summary>
    Count,

    /// <summary>A rate or an area in [0, 1]; an interval in bounded memory.</summary>
    Rate,

    /// <summary>A threshold in the units of the scores; an interval in bounded memory.</summary>
    Threshold,

    /// <summary>A score that was seen.</summary>
    Score,

    /// <summary>Yes (1) or no (0).</summary>
    Flag,

    /// <summary>A parameter that was chosen.</summary>
    Parameter,
}

/// <summary>What a user chose of the metrics' parameters. Compared by value; immutable.</summary>
/// <param name="FprLimit">The limit of the false positive rate of AUPRO, in (0, 1].</param>
/// <param name="DefaultThreshold">The threshold where no row is anomalous, in the user's own scores.</param>
/// <param name="LowerIsAnomalous">Whether states hold negated scores, since low ones are the anomalous ones.</param>
/// <param name="Threshold">A threshold to count at, of rows or images, in the user's own scores; without it there are no such counts.</param>
/// <param name="PixelThreshold">The same of pixels.</param>
public sealed record EvaluationSettings(
    double FprLimit = EvaluationSettings.UsualFprLimit,
    double DefaultThreshold = EvaluationSettings.UsualThreshold,
    bool LowerIsAnomalous = false,
    double? Threshold = null,
    double? PixelThreshold = null
)
{
    /// <summary>The numbers that are asked for by name, beside those that are declared as shown.</summary>
    public Arr<AskedNumber> Asked { get; init; } = Arr<AskedNumber>.Empty;

    /// <summary>The limit that the field reports: 0.3.</summary>
    public const double UsualFprLimit = 0.3;

    /// <summary>The threshold that is taken where there is no anomalous row: 0.5.</summary>
    public const double UsualThreshold = 0.5;

    /// <summary>From scores as they are ranked (high is anomalous) to the user's own, and back.</summary>
    public double Own(double ranked) => LowerIsAnomalous ? 0 - ranked : ranked;

    /// <summary>The same of an interval.</summary>
    public Interval Own(Interval ranked) => LowerIsAnomalous ? new(Own(ranked.Upper), Own(ranked.Lower)) : ranked;

    /// <summary>
    /// The thresholds at which the numbers count, as scores are ranked: the default one first. Whoever forgets scores counts them at these before.
    /// </summary>
    public ImmutableArray<double> CountedAt =>
        [RankedDefault, .. new[] { Threshold, PixelThreshold }.OfType<double>().Select(given => Own(given) + 0.0)];

    /// <summary>The threshold that is given for a level.</summary>
    internal double? ThresholdOf(Ranking ranking) => ranking.Regions.IsSome ? PixelThreshold : Threshold;

    /// <summary>The default threshold as scores are ranked.</summary>
    internal double RankedDefault => Own(DefaultThreshold) + 0.0;
}
