using System.Collections.Immutable;
using System.Diagnostics.Contracts;
using System.Text;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// What was decided of data while they were read: how often, by kind, and for some kinds by text. A commutative monoid under <see cref="Merge"/>, with
/// <see cref="Empty"/> as the identity, so that shards count as the whole does. Of a kind with more texts than <see cref="MostTexts"/> those are
/// kept that come first in ordinal order, and the rest is one count. Compared by value; immutable and safe to share between threads.
/// </summary>
public sealed class NoteCounts : IEquatable<NoteCounts>
{
    /// <summary>How many texts of a kind are counted apart.</summary>
    public const int MostTexts = 100;

    /// <summary>A longer text is cut.</summary>
    private const int LongestText = 100;

    /// <summary>Stands for the texts that are not counted apart, and for no text.</summary>
    private const string Rest = "";

    private readonly ImmutableSortedDictionary<Key, long> counts;

    private NoteCounts(ImmutableSortedDictionary<Key, long> counts) => this.counts = counts;

    /// <summary>Nothing was decided.</summary>
    public static NoteCounts Empty { get; } = new(ImmutableSortedDictionary<Key, long>.Empty);

    /// <summary>Whether nothing was decided.</summary>
    public bool IsEmpty => counts.IsEmpty;

    /// <summary>Whether some masks mark anomalous pixels by 1 and others by 255, so that one of the two may mean something else.</summary>
    public bool MasksDiffer => this[NoteKind.MaskOfOne] > 0 && this[NoteKind.MaskOf255] > 0;

    /// <summary>
    /// Whether the numbers of some masks are indices of palettes and those of others are values, so that a threshold means two things.
    /// </summary>
    public bool MasksMix => this[NoteKind.MaskByIndex] > 0 && this[NoteKind.MaskByValue] > 0;

    /// <summary>How images came to their scores.</summary>
    public string ImageScores => IsEmpty || this[NoteKind.ScoredBy] == 0 ? ImageScore.Max.ToString() : Of(NoteKind.ScoredBy).First().Text;

    /// <summary>The notes as sentences, in the order of their kinds.</summary>
    public ImmutableArray<Note> Notes =>
        [.. Enum.GetValues<NoteKind>().Where(kind => this[kind] > 0).Select(kind => kind.Note(this)).SelectMany(note => note.ToSeq())];

    /// <summary>How often it was decided.</summary>
    public long this[NoteKind kind] => Of(kind).Sum(entry => entry.Count);

    /// <summary>One decision, so many times.</summary>
    /// <param name="kind">What was decided.</param>
    /// <param name="count">How many times, 0 or more.</param>
    /// <param name="text">What about, where the kind is counted by text.</param>
    public static NoteCounts Of(NoteKind kind, long count = 1, string text = Rest) =>
        count == 0 ? Empty : new(Empty.counts.Add(new(kind, Kept(text)), count));

    /// <summary>The decisions of both.</summary>
    [Pure]
    public static NoteCounts Merge(NoteCounts left, NoteCounts right)
    {
        if (left.IsEmpty || right.IsEmpty)
            return left.IsEmpty ? right : left;
        var sums = left.counts.ToBuilder();
        foreach (var (key, count) in right.counts)
            sums[key] = sums.GetValueOrDefault(key) + count;
        foreach (var kind in right.counts.Keys.Select(key => key.Kind).Distinct())
        foreach (var key in sums.Keys.Where(key => key.Kind == kind && key.Text != Rest).Skip(MostTexts).ToList())
        {
            sums[new(kind, Rest)] = sums.GetValueOrDefault(new(kind, Rest)) + sums[key];
            sums.Remove(key);
        }
        return new(sums.ToImmutable());
    }

    /// <summary>The decisions of all.</summary>
    public static NoteCounts Sum(IEnumerable<NoteCounts> all) => all.Aggregate(Empty, Merge);

    /// <inheritdoc/>
    public bool Equals(NoteCounts? other) => other is not null && counts.SequenceEqual(other.counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NoteCounts);

    /// <inheritdoc/>
    public override int GetHashCode() => counts.Aggregate(0, (hash, entry) => HashCode.Combine(hash, entry.Key, entry.Value));

    /// <summary>The counts of a kind, the texts of most first and the rest last.</summary>
    internal IEnumerable<(string Text, long Count)> Of(NoteKind kind) =>
        counts
            .Where(entry => entry.Key.Kind == kind)
            .Select(entry => (entry.Key.Text, Count: entry.Value))
            .OrderBy(entry => entry.Text == Rest)
            .ThenByDescending(entry => entry.Count);

    internal void Write(PayloadWriter to)
    {
        to.Varint(counts.Count);
        foreach (var (key, count) in counts)
        {
            var text = Encoding.UTF8.GetBytes(key.Text);
            to.Byte((int)key.Kind);
            to.Varint(text.Length);
            to.Bytes(text);
            to.Varint(count);
        }
    }

    internal static NoteCounts Read(ref PayloadReader from)
    {
        var (found, last) = (ImmutableSortedDictionary.CreateBuilder<Key, long>(), default(Key));
        for (var left = from.Varint(); left > 0 && from.Ok; left--)
        {
            var kind = (NoteKind)from.Byte();
            var bytes = from.Bytes((int)Math.Min(from.Varint(), int.MaxValue));
            var key = new Key(kind, Encoding.UTF8.GetString(bytes));
            var count = from.Varint();
            from.Require(Enum.IsDefined(kind), "a note is of a kind that only a newer version of this library knows");
            from.Require(Encoding.UTF8.GetBytes(key.Text).AsSpan().SequenceEqual(bytes) && key.Text == Kept(key.Text), "a note is no text");
            from.Require(count > 0 && key.CompareTo(last) > 0, "notes are not in order");
            found[key] = count;
            last = key;
        }
        from.Require(
            found.Keys.Where(key => key.Text != Rest).GroupBy(key => key.Kind).All(kind => kind.Count() <= MostTexts),
            "a kind of notes has too many texts"
        );
        return new(found.ToImmutable());
    }

    /// <summary>As it is written in UTF-8, and not longer than texts may be.</summary>
    private static string Kept(string text)
    {
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return whole.Length <= LongestText ? whole
            : whole[LongestText - 1] is var last && char.IsHighSurrogate(last) ? whole[..(LongestText - 1)]
            : whole[..LongestText];
    }

    private readonly record struct Key(NoteKind Kind, string Text) : IComparable<Key>
    {
        public int CompareTo(Key other) =>
            Kind.CompareTo(other.Kind) is not 0 and var order ? order : string.CompareOrdinal(Text ?? Rest, other.Text ?? Rest);
    }
}

/// <summary>A decision on the data, as it is said to a user.</summary>
/// <param name="Code">Its name in JSON.</param>
/// <param name="Count">How many images, rows or pixels it is about.</param>
/// <param name="Text">A sentence.</param>
public sealed record Note(string Code, long Count, string Text);
