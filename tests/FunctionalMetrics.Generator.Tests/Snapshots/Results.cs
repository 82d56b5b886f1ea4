// Generated from the compiled core; changes belong there or in the templates.
using System.Diagnostics.CodeAnalysis;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>Parts of a share, by name.</summary>
public sealed record ShareParts
{
    /// <summary>The value of the core in the form for C#.</summary>
    public ShareParts(global::Fixtures.ShareParts core) => Core = core;

    /// <summary>The same value as the core has it; where one is asked for, it is given of itself.</summary>
    public global::Fixtures.ShareParts Core { get; }

/// <summary>The names.</summary>
    public global::System.Collections.Immutable.ImmutableArray<string> Names => global::System.Collections.Immutable.ImmutableArray.CreateRange(Enumerable.Select(Core.Names, found => found));

/// <summary>Between which two it lies.</summary>
    public Bounds Bounds => Core.Bounds;

/// <summary>Another.</summary>
    public double? Other => Core.Other.OrNull(found => (double?)found);

/// <summary>A rate.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public double Rate => Core.Rate.OrThrow();

    /// <summary>Whether there is a Rate, with its value or the reason why not.</summary>
    public bool TryRate([MaybeNullWhen(false)] out double value, [NotNullWhen(false)] out MetricError? reason) =>
        Core.Rate.Map(found => found).Try(out value, out reason);

    /// <summary>The value as the core has it.</summary>
    public static implicit operator global::Fixtures.ShareParts(ShareParts value) => value.Core;

    /// <summary>The value of the core in the form for C#.</summary>
    public static implicit operator ShareParts(global::Fixtures.ShareParts core) => new(core);

    /// <inheritdoc/>
    public override string ToString() => $"{Core}";
}

/// <summary>A share. Compared by value.</summary>
public sealed record ShareResult
{
    /// <summary>The value of the core in the form for C#.</summary>
    public ShareResult(global::Fixtures.ShareResult core) => Core = core;

    /// <summary>The same value as the core has it; where one is asked for, it is given of itself.</summary>
    public global::Fixtures.ShareResult Core { get; }

/// <summary>The share itself.</summary>
    public double Value => Core.Value;

/// <summary>How many digits it is shown with.</summary>
    public int Digits => Core.Digits;

/// <summary>Between which values it lies, where that is known.</summary>
    public (double Low, double High)? Range => Core.Range.OrNull(found => ((double Low, double High)?)found);

/// <summary>What it is made of.</summary>
    public ShareParts Parts => new ShareParts(Core.Parts);

/// <summary>The share as it would be with more rows. Fails with an <see cref="T:FunctionalMetrics.Core.OutOfRange" /> for fewer.</summary>
/// <param name="rows">How many more.</param>
/// <param name="anomalous">How many of those are anomalous.</param>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public ShareResult After(long rows, long anomalous) => new ShareResult(Core.After(rows, anomalous).OrThrow());

    /// <summary>Whether there is a After, with its value or the reason why not.</summary>
    public bool TryAfter(long rows, long anomalous, [MaybeNullWhen(false)] out ShareResult value, [NotNullWhen(false)] out MetricError? reason) =>
        Core.After(rows, anomalous).Map(found => new ShareResult(found)).Try(out value, out reason);

/// <summary>The plain form.</summary>
    public Plain Plain() => Core.Plain();

    /// <summary>The value as the core has it.</summary>
    public static implicit operator global::Fixtures.ShareResult(ShareResult value) => value.Core;

    /// <summary>The value of the core in the form for C#.</summary>
    public static implicit operator ShareResult(global::Fixtures.ShareResult core) => new(core);

    /// <inheritdoc/>
    public override string ToString() => $"{Core}";
}
