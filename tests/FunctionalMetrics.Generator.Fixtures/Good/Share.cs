using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Fixtures;

/// <summary>
/// The share of anomalous rows, with everything that a result can be made of.
/// <para>Formula: P / (P + N).</para>
/// <para>Undefined without a row.</para>
/// <para>Source: <c>none</c>.</para>
/// </summary>
public static class Share
{
    /// <summary>The metric as it is usual.</summary>
    public static Metric<ScoreBatch, RankState, ShareResult> Metric { get; } = With();

    /// <summary>The metric with parameters of every kind.</summary>
    /// <param name="scale">What the share is multiplied by; see <see cref="ShareResult.Value"/>.</param>
    /// <param name="digits">How many digits are shown.</param>
    /// <param name="label">What it is called.</param>
    /// <param name="percent">Whether it is in percent.</param>
    public static Metric<ScoreBatch, RankState, ShareResult> With(
        double scale = 1,
        int digits = 2,
        string label = "a \"share\"",
        bool percent = false
    ) =>
        new(
            label,
            Some(true),
            RankState.State,
            state => new ShareResult(scale * state.Positives * (percent ? 100 : 1), digits, None, new(Empty, new(0, 1), None, 0.5))
        );

    /// <summary>The share in bounded memory: another state and another result.</summary>
    /// <param name="bits">The resolution.</param>
    public static Metric<ScoreBatch, BoundedRankState, Plain> Bounded(int bits = 18) =>
        new("bounded share", None, BoundedRankState.StateAt(bits), state => new Plain(state.Positives));
}

/// <summary>A share. Compared by value.</summary>
/// <param name="Value">The share itself.</param>
/// <param name="Digits">How many digits it is shown with.</param>
/// <param name="Range">Between which values it lies, where that is known.</param>
/// <param name="Parts">What it is made of.</param>
public sealed record ShareResult(
    [property: Headline] double Value,
    int Digits,
    Option<(double Low, double High)> Range,
    [property: Shown] ShareParts Parts
)
{
    /// <summary>The share as it would be with more rows. Fails with an <see cref="OutOfRange"/> for fewer.</summary>
    /// <param name="rows">How many more.</param>
    /// <param name="anomalous">How many of those are anomalous.</param>
    public Fin<ShareResult> After(long rows, long anomalous) =>
        rows < anomalous ? new OutOfRange("rows", rows, "[anomalous, inf)") : this with { Value = anomalous };

    /// <summary>The plain form.</summary>
    public Plain Plain() => new(Value);
}

/// <summary>Parts of a share, by name.</summary>
/// <param name="Names">The names.</param>
/// <param name="Bounds">Between which two it lies.</param>
/// <param name="Other">Another.</param>
/// <param name="Rate">A rate.</param>
public sealed record ShareParts(
    Seq<string> Names,
    [property: Shown] Bounds Bounds,
    [property: Shown("other")] Option<double> Other,
    [property: Shown] Fin<double> Rate
);

/// <summary>A result that no other language needs a form of its own for.</summary>
/// <param name="Value">A number.</param>
public sealed record Plain([property: Headline] double Value);

/// <summary>Two numbers.</summary>
/// <param name="Lower">The lower one.</param>
/// <param name="Upper">The upper one.</param>
public sealed record Bounds([property: Shown] double Lower, [property: Shown] double Upper);
