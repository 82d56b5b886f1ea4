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

    private readonly ImmutableArray<Entry> counts;

    private NoteCounts(ImmutableArray<Entry> counts) => this.counts = counts;

    /// <summary>Nothing was decided.</summary>
    public static NoteCounts Empty { get; } = new([]);

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
        count == 0 ? Empty : new([new Entry(kind, Kept(text), count)]);

    /// <summary>The decisions of both.</summary>
    [Pure]
    public static NoteCounts Merge(NoteCounts left, NoteCounts right)
    {
        if (left.IsEmpty || right.IsEmpty)
            return left.IsEmpty ? right : left;
        var (sums, kind) = (new List<Entry>(), 0);
        foreach (var entry in left.counts.Concat(right.counts).Order())
        {
            if (sums is [.., var last] && last.Kind != entry.Kind)
                kind = sums.Count;
            if (sums.Count > kind && sums[^1].Text == entry.Text)
                sums[^1] = sums[^1].And(entry);
            else if (sums.Count < kind + MostTexts || (sums[kind].Text == Rest && sums.Count == kind + MostTexts))
                sums.Add(entry);
            else if (sums[kind].Text == Rest)
                sums[kind] = sums[kind].And(entry);
            else
                sums.Insert(kind, entry with { Text = Rest });
        }
        return new([.. sums]);
    }

    /// <summary>The decisions of all.</summary>
    public static NoteCounts Sum(IEnumerable<NoteCounts> all) => all.Aggregate(Empty, Merge);

    /// <inheritdoc/>
    public bool Equals(NoteCounts? other) => other is not null && counts.SequenceEqual(other.counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NoteCounts);

    /// <inheritdoc/>
    public override int GetHashCode() => counts.Aggregate(0, (hash, entry) => HashCode.Combine(hash, entry));

    /// <summary>The counts of a kind, the texts of most first and the rest last.</summary>
    internal IEnumerable<(string Text, long Count)> Of(NoteKind kind) =>
        counts
            .Where(entry => entry.Kind == kind)
            .OrderBy(entry => entry.Text == Rest)
            .ThenByDescending(entry => entry.Count)
            .Select(entry => (entry.Text, entry.Count));

    internal void Write(PayloadWriter to)
    {
        to.Varint(counts.Length);
        foreach (var (kind, kept, count) in counts)
        {
            var text = Encoding.UTF8.GetBytes(kept);
            to.Byte((int)kind);
            to.Varint(text.Length);
            to.Bytes(text);
            to.Varint(count);
        }
    }

    internal static NoteCounts Read(ref PayloadReader from)
    {
        var (found, last) = (new List<Entry>(), default(Entry));
        for (var left = from.Varint(); left > 0 && from.Ok; left--)
        {
            var kind = (NoteKind)from.Byte();
            var bytes = from.Bytes((int)Math.Min(from.Varint(), int.MaxValue));
            var entry = new Entry(kind, Encoding.UTF8.GetString(bytes), from.Varint());
            from.Require(Enum.IsDefined(kind), "a note is of a kind that only a newer version of this library knows");
            from.Require(
                Encoding.UTF8.GetBytes(entry.Text).AsSpan().SequenceEqual(bytes) && entry.Text == Kept(entry.Text),
                "a note is no text"
            );
            from.Require(entry.Count > 0 && entry.CompareTo(last) > 0, "notes are not in order");
            found.Add(entry);
            last = entry;
        }
        from.Require(
            found.Where(entry => entry.Text != Rest).GroupBy(entry => entry.Kind).All(kind => kind.Count() <= MostTexts),
            "a kind of notes has too many texts"
        );
        return new([.. found]);
    }

    /// <summary>As it is written in UTF-8, and not longer than texts may be.</summary>
    private static string Kept(string text)
    {
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return whole.Length <= LongestText ? whole
            : whole[LongestText - 1] is var last && char.IsHighSurrogate(last) ? whole[..(LongestText - 1)]
            : whole[..LongestText];
    }

    private sealed record Entry(NoteKind Kind, string Text, long Count) : IComparable<Entry>
    {
        public Entry And(Entry other) => this with { Count = Count + other.Count };

        public int CompareTo(Entry? other) =>
            other is null ? 1
            : Kind != other.Kind ? (int)Kind - (int)other.Kind
            : string.CompareOrdinal(Text, other.Text);
    }
}

/// <summary>A decision on the data, as it is said to a user.</summary>
/// <param name="Code">Its name in JSON.</param>
/// <param name="Count">How many images, rows or pixels it is about.</param>
/// <param name="Text">A sentence.</param>
public sealed record Note(string Code, long Count, string Text);
