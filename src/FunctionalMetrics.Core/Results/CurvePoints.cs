using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core;

/// <summary>
/// The points of a curve, x against y, each with the threshold that gives it. Compared by value; immutable and safe to share between threads.
/// </summary>
/// <param name="X">x of each point.</param>
/// <param name="Y">y of each point, as many.</param>
/// <param name="Thresholds">The threshold of each point; a curve's documentation says where there is one fewer.</param>
public sealed record CurvePoints(ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<double> Thresholds)
{
    /// <summary>How many points there are.</summary>
    public int Count => X.Length;

    /// <inheritdoc/>
    public bool Equals(CurvePoints? other) =>
        other is not null
        && X.AsSpan().SequenceEqual(other.X.AsSpan())
        && Y.AsSpan().SequenceEqual(other.Y.AsSpan())
        && Thresholds.AsSpan().SequenceEqual(other.Thresholds.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Enumerable.Range(0, Count).Aggregate(Count, (hash, i) => HashCode.Combine(hash, X[i], Y[i]));

    internal static CurvePoints Build(int count, Func<int, (double X, double Y, double Threshold)> point)
    {
        var (x, y, thresholds) = (new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
            (x[i], y[i], thresholds[i]) = point(i);
        return new(Wrap(x), Wrap(y), Wrap(thresholds));
    }

    private static ImmutableArray<double> Wrap(double[] values) => ImmutableCollectionsMarshal.AsImmutableArray(values);
}
