using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Area under the precision-recall curve with the normal rows as what is looked for, of n scores and labels (or of N x H x W pixels): a number in
/// [0, 1]. It sorts every normal score.
/// <para>Formula: <see cref="Aupr"/> of the same rows with the classes swapped and the scores negated.</para>
/// <para>Undefined without a normal row.</para>
/// <para>Source: OpenOOD's AUPR-IN; its AUPR-OUT is <see cref="Aupr"/>.</para>
/// </summary>
public static class AuprIn
{
    private const string Name = "AUPR-IN";

    private static readonly RankNumber Area = new(Name, Needs.AnomalousRow, PrecisionSums.Trapezoids);

    /// <summary>The metric; its result gives the area.</summary>
    public static Metric<ScoreBatch, RankState, AuprInResult> Metric { get; } =
        new(
            Name,
            Some(true),
            RankState.State,
            state =>
                state
                    .Refusal(Name, Needs.NormalRow)
                    .Or(() => state.Twin)
                    .Bind(twin => twin.Refusal(Name, Needs.AnomalousRow).Or(() => new AuprInResult(Area.Number.Of(twin.Sweep))))
        );

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.OfTwin(
            "aupr-in",
            "area under the precision-recall curve by the trapezoid rule, normal rows found",
            "AUPR of the rows with the classes swapped and the scores negated",
            Area
        );

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: that of <see cref="Aupr"/> of the swapped classes.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits = BoundedRankState.DefaultBits) =>
        new(
            "bounded " + Name,
            Some(true),
            BoundedRankState.StateAt(bits),
            state => state.Refusal("bounded " + Name, bits, Needs.NormalRow).Or(() => Area.Number.Of(state.Twin.Sweeps))
        );
}

/// <summary>An area under the precision-recall curve of the normal rows. Compared by value; immutable.</summary>
/// <param name="Value">The area, in [0, 1].</param>
public sealed record AuprInResult([property: Headline] double Value);
