using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// A merged state that says which shards it contains, and of what content each was. Portions merge only where no shard stands in both, so
/// that none counts twice.
/// </summary>
/// <param name="Shards">The checksum of each shard's whole state, by the shard's index in the job.</param>
/// <param name="State">The state of those shards, or a part of it.</param>
/// <param name="Moved">The bytes of states that went between grains for it.</param>
internal sealed record Portion(ImmutableSortedDictionary<int, ulong> Shards, EvaluationState State, long Moved)
{
    /// <summary>The most bytes of a state on its way: Redis, where the result is stored with the list of shards, takes 512 MB as one value.</summary>
    public const int MostBytes = 500_000_000;

    public static Portion Empty { get; } = new(ImmutableSortedDictionary<int, ulong>.Empty, EvaluationState.Empty, 0);

    /// <summary>Both in one; a refusal where they share a shard.</summary>
    public static Fin<Portion> Merge(Portion left, Portion right)
    {
        var (few, many) = left.Shards.Count <= right.Shards.Count ? (left, right) : (right, left);
        foreach (var index in few.Shards.Keys)
            if (many.Shards.ContainsKey(index))
                return new ClusterError(FormattableString.Invariant($"shard {index} came from two workers and would count twice"));
        return new Portion(many.Shards.AddRange(few.Shards), EvaluationState.Merge(left.State, right.State), left.Moved + right.Moved);
    }

    /// <summary>The index of a shard that is in both with different content, because what it was read from changed in between.</summary>
    public static Option<int> Changed(Portion before, Portion after) =>
        after
            .Shards.Where(shard => before.Shards.TryGetValue(shard.Key, out var checksum) && checksum != shard.Value)
            .Select(shard => Some(shard.Key))
            .FirstOrDefault();

    /// <summary>On its way; a refusal where that is too long.</summary>
    public Fin<PortionBytes> Encode(int most = MostBytes)
    {
        byte[] state;
        try
        {
            state = EvaluationState.Codec.Encode(State);
        }
        catch (OutOfMemoryException)
        {
            return TooLong("more than an array holds, or than there is memory");
        }
        return state.Length > most
            ? TooLong(FormattableString.Invariant($"{state.Length:N0} bytes"))
            : new PortionBytes([.. Shards.Keys], [.. Shards.Values], state, Moved);

        Error TooLong(string size) =>
            new ClusterError(
                FormattableString.Invariant(
                    $"the merged state of {Shards.Count:N0} shards takes {size}, and a cluster carries {most:N0} at most: evaluate parts by themselves and merge their state files, or leave out what needs every score (a state, a report, images)"
                )
            );
    }

    /// <summary>Total, as the decoders of states are. The bytes of the state are added to those that moved.</summary>
    public static Fin<Portion> Decode(PortionBytes bytes)
    {
        var (indices, checksums) = (bytes.Shards ?? [], bytes.Checksums ?? []);
        if (indices.Length != checksums.Length || indices.Skip(1).Where((index, before) => index <= indices[before]).Any())
            return new ClusterError("a worker sent a list of shards that no worker makes");
        return EvaluationState
            .Codec.Decode(bytes.State ?? [])
            .Match(
                state =>
                    FinSucc(
                        new Portion(
                            indices.Zip(checksums, KeyValuePair.Create).ToImmutableSortedDictionary(),
                            state,
                            bytes.Moved + (bytes.State?.LongLength ?? 0)
                        )
                    ),
                faults => new ClusterError($"a worker sent a state that cannot be read: {faults.Head.Message}")
            );
    }
}
