using System.Collections.Immutable;
using System.Diagnostics.Contracts;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A state of bounded size for as many rows as there are: how many of each class fall into each of 2^bits bins of scores. Metrics of it
/// are intervals that are certain to hold what a <see cref="RankState"/> of the same rows gives. A commutative monoid under
/// <see cref="Merge"/>; states of different resolution merge at the coarser one.
/// <para>
/// The bin of a score is the leading bits of its float32 number, rounded down: sign, exponent and the first bits of the fraction, so 9
/// bits of fraction with 18. A bin that has seen one distinct score is exact; so all are for 8-bit scores from 16 bits on and for half
/// precision from 19. Only bins with rows take memory, 28 bytes each; beside them the last rows are held as they came, twice as many
/// as there are bins and never more than 4 million.
/// </para>
/// <para>
/// Equality is that of the resolution and of what every bin holds; a state without rows has no resolution and is <see cref="Empty"/>, the
/// identity. Immutable and safe to share between threads.
/// </para>
/// </summary>
public sealed class BoundedRankState : IEquatable<BoundedRankState>
{
    /// <summary>The resolution where none is asked for: 2^18 bins.</summary>
    public const int DefaultBits = 18;

    /// <summary>The finest resolution: 2^24 bins.</summary>
    public const int MostBits = ScoreBins.MostBits;

    private readonly BinnedRows binned;
    private readonly Lazy<HistogramSweeps> sweeps;

    internal BoundedRankState(BinnedRows binned)
    {
        this.binned = binned;
        (Positives, Negatives) = binned.Rows;
        sweeps = new(() => new(binned.Table));
    }

    /// <summary>No rows seen.</summary>
    public static BoundedRankState Empty { get; } = new(BinnedRows.Empty);

    /// <summary>
    /// The states as bytes; <see cref="BinCodec"/> draws the table.
    /// <code>payload := table</code>
    /// </summary>
    public static StateCodec<BoundedRankState> Codec { get; } =
        new(
            5,
            "BoundedRank",
            (to, state) => BinCodec.Write(to, state.Table),
            (ref from) =>
            {
                var table = BinCodec.Read(ref from, null);
                return from.End(() => new BoundedRankState(new BinnedRows(table)));
            }
        );

    private static readonly ImmutableArray<State<ScoreBatch, BoundedRankState>> States =
    [
        .. Enumerable
            .Range(0, MostBits + 1)
            .Select(bits => new State<ScoreBatch, BoundedRankState>(Empty, batch => Of(batch, bits), Merge, Codec)),
    ];

    /// <summary>The kind of state at the usual resolution.</summary>
    public static State<ScoreBatch, BoundedRankState> State { get; } = StateAt(DefaultBits);

    /// <summary>The kind of state at a resolution; metrics of one resolution share it.</summary>
    /// <param name="bits">The resolution, from 1 to <see cref="MostBits"/>; what is outside counts as the nearest.</param>
    public static State<ScoreBatch, BoundedRankState> StateAt(int bits) => States[ScoreBins.Clamp(bits)];

    /// <summary>The resolution: scores fall into 2^bits bins. The finest there is before any row.</summary>
    public int Bits => binned.Bits;

    /// <summary>How many rows were seen.</summary>
    public long Rows => Positives + Negatives;

    /// <summary>P, how many rows were labelled anomalous.</summary>
    public long Positives { get; }

    /// <summary>N, how many rows were labelled normal.</summary>
    public long Negatives { get; }

    /// <summary>How many bins have rows.</summary>
    public int Occupied => Table.Count;

    /// <summary>The smallest and the largest score seen, exactly; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    public ExtremaState Extrema => ExtremaState.Between(Table.Lowest, Table.Highest);

    /// <summary>The same rows with the classes swapped and the scores negated, to read areas off.</summary>
    internal BoundedRankState Twin => Rows == 0 ? this : new(new BinnedRows(Table.Twin));

    internal BinTable Table => binned.Table;

    internal HistogramSweeps Sweeps => sweeps.Value;

    /// <summary>The state of one batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="bits">The resolution, from 1 to <see cref="MostBits"/>; what is outside counts as the nearest.</param>
    public static BoundedRankState Of(ScoreBatch batch, int bits = DefaultBits) => Of(RankState.Of(batch), bits);

    /// <summary>The state of the rows of an exact state; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    /// <param name="exact">The rows.</param>
    /// <param name="bits">The resolution, from 1 to <see cref="MostBits"/>; what is outside counts as the nearest.</param>
    public static BoundedRankState Of(RankState exact, int bits = DefaultBits) =>
        new(BinnedRows.Of(exact.NegativeKeys, exact.PositiveKeys, bits, false));

    /// <summary>The state of all rows of both, at the coarser resolution of the two.</summary>
    [Pure]
    public static BoundedRankState Merge(BoundedRankState left, BoundedRankState right) =>
        left.Rows == 0 ? right
        : right.Rows == 0 ? left
        : new(BinnedRows.Merge(left.binned, right.binned));

    /// <summary>The same rows at a resolution of fewer bits; a homomorphism. A state cannot become finer.</summary>
    public BoundedRankState Coarsen(int bits) => bits >= Bits ? this : new(binned.Coarsen(bits));

    /// <inheritdoc/>
    public bool Equals(BoundedRankState? other) => other is not null && Table.Equals(other.Table);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BoundedRankState);

    /// <inheritdoc/>
    public override int GetHashCode() => Table.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"BoundedRankState({Positives} positives, {Negatives} negatives, {Bits} bits)");

    /// <summary>The resolution of a kind of state; 0 of any other than those of <see cref="StateAt"/>.</summary>
    internal static int BitsOf(State<ScoreBatch, BoundedRankState> state) => Math.Max(0, States.IndexOf(state));

    /// <summary>Why a metric at a resolution has no value here.</summary>
    internal Option<MetricError> Refusal(string metric, int bits, Needs needs, long regions = 0) =>
        ScoreBins.Check(bits).Match(_ => needs.Refusal(metric, Positives, Negatives, regions), error => Some((MetricError)error));
}
