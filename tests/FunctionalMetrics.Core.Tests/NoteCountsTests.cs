using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>What was decided of data adds up whatever the shards, travels with the state, and is said in sentences.</summary>
public class NoteCountsTests
{
    private static readonly NoteKind[] Kinds = Enum.GetValues<NoteKind>();

    private static readonly MonoidOf<NoteCounts> Counts = new(
        NoteCounts.Empty,
        NoteCounts.Merge,
        (a, b) => a.Equals(b) && a.GetHashCode() == b.GetHashCode()
    );

    [Fact]
    public void Notes_are_a_commutative_monoid_with_equality() =>
        Prop.ForAll(
                Any().Three().ToArbitrary(),
                three =>
                {
                    MonoidLaws.CommutativeMonoid(Counts).Assert(three);
                    EqualityLaws.Equality<NoteCounts>().Assert((three.Item1, three.Item2));
                }
            )
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Shards_count_as_the_whole_and_of_many_texts_the_first_in_order_are_counted_apart() =>
        Prop.ForAll(
                Decisions().ToArbitrary(),
                Gen.Choose(0, int.MaxValue - 2).ToArbitrary(),
                (decisions, seed) =>
                {
                    var choices = new Choices(seed);
                    var shards = choices.Cut(choices.Shuffle(decisions)).Select(shard => NoteCounts.Sum(shard.Select(one => one.Counts)));
                    var whole = Trees.Merge([.. shards], Counts, choices);
                    foreach (var kind in Kinds)
                    {
                        var there = decisions.Where(one => one.Kind == kind && one.Count > 0).ToList();
                        Assert.Equal(there.Sum(one => one.Count), whole[kind]);
                        var texts = there.Select(one => Cut(one.Text)).Where(text => text.Length > 0).Distinct();
                        string[] apart = [.. texts.Order(StringComparer.Ordinal).Take(NoteCounts.MostTexts)];
                        Assert.Equal(
                            apart.Select(text => (text, there.Where(one => Cut(one.Text) == text).Sum(one => one.Count))),
                            whole.Of(kind).Where(entry => entry.Text.Length > 0).OrderBy(entry => entry.Text, StringComparer.Ordinal)
                        );
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Notes_travel_with_the_state_and_have_equal_bytes_exactly_when_they_are_equal() =>
        Prop.ForAll(
                Any().Two().ToArbitrary(),
                two =>
                {
                    var (a, b) = (With(two.Item1), With(two.Item2));
                    foreach (var state in (EvaluationState[])[a, a.InBins(8), EvaluationState.Empty with { Notes = two.Item1 }])
                    {
                        Assert.Equal(two.Item1, state.Notes);
                        var read = EvaluationState.Codec.Decode(Bytes(state)).Valid();
                        Assert.Equal(state, read);
                        Assert.Equal(Bytes(state), Bytes(read));
                    }
                    Assert.Equal(a.Equals(b), Bytes(a).SequenceEqual(Bytes(b)));
                    Assert.Equal(two.Item1.Equals(two.Item2), a.Equals(b));
                    var both = NoteCounts.Merge(two.Item1, two.Item2);
                    Assert.Equal(both, EvaluationState.Merge(a, b).Notes);
                    Assert.Equal(both, EvaluationState.Merge(a.InBins(3), b).Notes);
                    Assert.Equal(both, EvaluationState.Merge(a, b).InBins(3).Notes);
                }
            )
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Every_changed_byte_of_notes_under_a_right_checksum_is_a_fault_or_another_evaluation()
    {
        var bytes = Bytes(
            With(
                NoteCounts.Sum([
                    NoteCounts.Of(NoteKind.NormalFolder, 300, "góod"),
                    NoteCounts.Of(NoteKind.NormalFolder, 2, "ok"),
                    NoteCounts.Of(NoteKind.EmptyMask),
                    NoteCounts.Of(NoteKind.OtherNormal, 1, "\ud83d\ude00"),
                ])
            )
        );
        var bare = Bytes(With(NoteCounts.Empty));
        // The images' envelope has a checksum of its own, and tests of its own.
        var start = Payload + 16 + RankState.Codec.Encode(Rows).Length;
        Assert.True(bytes.Length - 8 - start > 30 && bare.Length - 8 == start, "the notes come last");
        foreach (var at in Enumerable.Range(start, bytes.Length - 8 - start).Prepend(Payload))
            for (var value = 0; value < 256; value++)
            {
                byte[] forged = [.. bytes];
                forged[at] = (byte)value;
                IsFaultOrCanonical(forged);
            }
        for (var at = start; at < bytes.Length - 8; at++)
            IsFaultOrCanonical([.. bytes[..at], .. bytes[(at + 1)..]]);
    }

    [Theory]
    [InlineData("a note is of a kind that only a newer version", 1, 99, 1, 97, 1)]
    [InlineData("a note is of a kind that only a newer version", 1, 0, 1, 97, 1)]
    [InlineData("a note is no text", 1, 1, 1, 0xFF, 1)]
    [InlineData("notes are not in order", 1, 1, 1, 97, 0)]
    [InlineData("notes are not in order", 2, 1, 1, 98, 1, 1, 1, 97, 1)]
    [InlineData("notes are not in order", 2, 1, 1, 97, 1, 1, 1, 97, 1)]
    [InlineData("notes are not in order", 2, 2, 0, 1, 1, 0, 1)]
    [InlineData("not as long as they claim", 0)]
    [InlineData("not as long as they claim", 1, 1, 1, 97, 1, 7)]
    [InlineData("ends too early", 9, 1, 1, 97, 1)]
    [InlineData("ends too early", 1, 1, 99, 97, 1)]
    public void Notes_that_nobody_writes_are_faults(string fault, params int[] notes) =>
        IsMalformed(fault, [.. notes.Select(value => (byte)value)]);

    [Fact]
    public void More_texts_of_a_kind_than_are_counted_apart_and_longer_ones_are_faults()
    {
        IsMalformed("too many texts", [101, .. Enumerable.Range(0, 101).SelectMany(i => (byte[])[1, 1, (byte)i, 1])]);
        IsMalformed("no text", [1, 1, 101, .. Enumerable.Repeat((byte)'a', 101), 1]);
    }

    /// <summary>Written before there were notes.</summary>
    [Theory]
    [InlineData("maps-1")]
    [InlineData("rows-turned-1")]
    [InlineData("bounded-maps-1")]
    public void Files_of_before_have_no_notes_and_are_written_as_they_were(string name)
    {
        var bytes = File.ReadAllBytes(Repository.Path("tests", "FunctionalMetrics.IO.Tests", "states", name + ".fms"));
        var state = EvaluationState.Codec.Decode(bytes).Valid();
        Assert.True(state.Notes.IsEmpty);
        Assert.Equal(bytes, Bytes(state));
        var noted = EvaluationState.Codec.Decode(Bytes(state with { Notes = NoteCounts.Of(NoteKind.EmptyMask) })).Valid();
        Assert.Equal(bytes, Bytes(noted with { Notes = NoteCounts.Empty }));
    }

    [Theory]
    [InlineData(
        NoteKind.NormalFolder,
        "normal_folder",
        "1 image without a mask is normal by folder: a (1).",
        "1,234 images without a mask are normal by folder: a (1,234)."
    )]
    [InlineData(
        NoteKind.AllNormal,
        "all_rows_normal",
        "1 row is taken as normal; no label was read.",
        "1,234 rows are taken as normal; no label was read."
    )]
    [InlineData(
        NoteKind.Unmasked,
        "unmasked_normal",
        "1 image without a mask is taken as normal.",
        "1,234 images without a mask are taken as normal."
    )]
    [InlineData(
        NoteKind.EmptyMask,
        "empty_mask",
        "1 image is normal because its mask is empty.",
        "1,234 images are normal because their masks are empty."
    )]
    [InlineData(
        NoteKind.GivenLabel,
        "given_label",
        "1 image has its label from the image labels.",
        "1,234 images have their labels from the image labels."
    )]
    [InlineData(
        NoteKind.GivenAgainstMask,
        "given_label_against_mask",
        "1 image has an image label that the mask contradicts; the label counts.",
        "1,234 images have an image label that the mask contradicts; the label counts."
    )]
    [InlineData(
        NoteKind.OtherPositive,
        "other_label_positive",
        "1 row has a label that is not named, taken as anomalous: a (1).",
        "1,234 rows have a label that is not named, taken as anomalous: a (1,234)."
    )]
    [InlineData(
        NoteKind.OtherNormal,
        "other_label_normal",
        "1 row has a label that is not named, taken as normal: a (1).",
        "1,234 rows have a label that is not named, taken as normal: a (1,234)."
    )]
    [InlineData(
        NoteKind.DecimalComma,
        "decimal_commas",
        "1 number has a decimal comma: 1,200 is 1.2 there, not 1200.",
        "1,234 numbers have decimal commas: 1,200 is 1.2 there, not 1200."
    )]
    [InlineData(
        NoteKind.NothingIgnored,
        "nothing_ignored",
        "1 image has no ignore mask; nothing of it is left out.",
        "1,234 images have no ignore mask; nothing of them is left out."
    )]
    [InlineData(NoteKind.IgnoredPixel, "ignored_pixels", "1 pixel is left out.", "1,234 pixels are left out.")]
    [InlineData(
        NoteKind.NothingLeft,
        "ignored_images",
        "1 image has no pixel left and no score; the image level is without.",
        "1,234 images have no pixel left and no score; the image level is without."
    )]
    [InlineData(NoteKind.ResizedMask, "resized_masks", "1 mask was resized, nearest pixel.", "1,234 masks were resized, nearest pixel.")]
    [InlineData(
        NoteKind.ResizedMap,
        "resized_maps",
        "1 map was resized, bilinear; scores between pixels are new.",
        "1,234 maps were resized, bilinear; scores between pixels are new."
    )]
    [InlineData(NoteKind.MaskOfOne, "masks_of_1", "1 mask marks anomalous pixels by 1.", "1,234 masks mark anomalous pixels by 1.")]
    [InlineData(NoteKind.MaskOf255, "masks_of_255", "1 mask marks anomalous pixels by 255.", "1,234 masks mark anomalous pixels by 255.")]
    [InlineData(NoteKind.ScoredBy, "image_scores", "1 image has its score by: a (1).", "1,234 images have their scores by: a (1,234).")]
    [InlineData(
        NoteKind.LostDefect,
        "lost_defects",
        "1 image is anomalous and has no anomalous pixel left after resizing.",
        "1,234 images are anomalous and have no anomalous pixel left after resizing."
    )]
    [InlineData(
        NoteKind.MaskByIndex,
        "masks_by_index",
        "1 mask has a palette of colours: its numbers are the palette's indices.",
        "1,234 masks have palettes of colours: their numbers are the palettes' indices."
    )]
    [InlineData(
        NoteKind.HeldWhole,
        "held_whole",
        "1 stack is in Fortran order, and held whole within the limit of memory.",
        "1,234 stacks are in Fortran order, and held whole within the limit of memory."
    )]
    public void One_and_many_are_said_apart(NoteKind kind, string code, string one, string many)
    {
        Assert.Equal(new(code, 1, one), Assert.Single(NoteCounts.Of(kind, 1, "a").Notes));
        Assert.Equal(new(code, 1234, many), Assert.Single(NoteCounts.Of(kind, 1234, "a").Notes));
    }

    [Fact]
    public void At_most_five_texts_are_listed_those_of_most_first_and_the_rest_is_counted()
    {
        Assert.Equal("a (1), b (1), c (1), d (1), e (1)", Listed("abcde"));
        Assert.Equal("f (3), g (2), a (1), b (1), c (1), others (2)", Listed("abcdefffgg"));
        Assert.Equal("a (1), others (2)", Listed("a", NoteCounts.Of(NoteKind.OtherNormal, 2)));
        Assert.Equal("others (2)", Listed("", NoteCounts.Of(NoteKind.OtherNormal, 2)));
        var many = NoteCounts.Sum(Enumerable.Range(100, 150).Select(i => NoteCounts.Of(NoteKind.OtherNormal, 2, $"t{i}")));
        Assert.Equal("t100 (2), t101 (2), t102 (2), t103 (2), t104 (2), others (290)", Listed("", many));

        var longer = NoteCounts.Sum("abcde".Select(letter => NoteCounts.Of(NoteKind.OtherNormal, 1, new string(letter, 90))));
        Assert.Equal($"{new string('a', 90)} (1), {new string('b', 90)} (1), others (3)", Listed("", longer));

        static string Listed(string letters, NoteCounts? beside = null)
        {
            var counts = letters.Select(letter => NoteCounts.Of(NoteKind.OtherNormal, 1, $"{letter}")).Append(beside ?? NoteCounts.Empty);
            return Assert.Single(NoteCounts.Sum(counts).Notes).Text.Split("taken as normal: ")[1].TrimEnd('.');
        }
    }

    [Fact]
    public void Maps_that_all_span_a_range_are_a_note_and_one_alone_or_some_are_none()
    {
        Assert.Equal("spans_0_to_1", Assert.Single(Spans(NoteKind.SpansOne, 2, 2)).Code);
        Assert.Contains("from exactly 0 to 255: ", Assert.Single(Spans(NoteKind.Spans255, 3, 3)).Text, StringComparison.Ordinal);
        Assert.Empty(Spans(NoteKind.SpansOne, 1, 1));
        Assert.Empty(Spans(NoteKind.SpansOne, 2, 3));
        Assert.False(NoteCounts.Of(NoteKind.MaskOfOne).MasksDiffer);
        Assert.True(NoteCounts.Merge(NoteCounts.Of(NoteKind.MaskOfOne), NoteCounts.Of(NoteKind.MaskOf255)).MasksDiffer);
        Assert.False(NoteCounts.Of(NoteKind.MaskByIndex).MasksMix);
        Assert.False(NoteCounts.Of(NoteKind.MaskByValue).MasksMix);
        Assert.True(NoteCounts.Merge(NoteCounts.Of(NoteKind.MaskByIndex), NoteCounts.Of(NoteKind.MaskByValue)).MasksMix);

        static IEnumerable<Note> Spans(NoteKind kind, long spanning, long maps) =>
            NoteCounts.Merge(NoteCounts.Of(kind, spanning), NoteCounts.Of(NoteKind.Map, maps)).Notes;
    }

    /// <summary>Where the payload begins in an envelope.</summary>
    private const int Payload = 24;

    private static RankState Rows { get; } = RankState.Of(Batching.Rows([new(0.25, false), new(0.5, true)]));

    private static EvaluationState With(NoteCounts notes) => new EvaluationState.Exact(Rows, default) { Notes = notes };

    private static byte[] Bytes(EvaluationState state) => EvaluationState.Codec.Encode(state);

    private static void IsFaultOrCanonical(byte[] bytes)
    {
        byte[] forged = Envelope.Seal(EvaluationState.Codec.Family, bytes[Payload..^8]);
        EvaluationState.Codec.Decode(forged).IfSuccess(state => Assert.Equal(forged, Bytes(state)));
    }

    private static void IsMalformed(string fault, byte[] notes)
    {
        var images = RankState.Codec.Encode(Rows);
        var to = new PayloadWriter();
        to.Fixed(8, 8);
        to.Fixed((ulong)images.Length, 8);
        to.Bytes(images);
        to.Fixed((ulong)notes.Length, 8);
        to.Bytes(notes);
        var bytes = Envelope.Seal(EvaluationState.Codec.Family, to.Written);
        Assert.Contains(fault, DamageTests.Fault(EvaluationState.Codec, bytes).Message, StringComparison.Ordinal);
    }

    private static Gen<NoteCounts> Any() => Decisions().Select(all => NoteCounts.Sum(all.Select(one => one.Counts)));

    /// <summary>A few of any kind, or more texts of one kind than are counted apart.</summary>
    private static Gen<IReadOnlyList<Decision>> Decisions() =>
        Gen.OneOf(
            Gen.ListOf(Some(Gen.Elements(Kinds), Texts())).Select(IReadOnlyList<Decision> (all) => all.ToList()),
            from first in Gen.Choose(0, 30)
            from texts in Gen.Choose(90, 130)
            from few in Gen.ListOf(Some(Gen.Elements(NoteKind.OtherNormal, NoteKind.NormalFolder), Texts()))
            select (IReadOnlyList<Decision>)
                [.. Enumerable.Range(first, texts).Select(i => new Decision(NoteKind.OtherNormal, 1 + i % 3, $"{i * 7 % 160}")), .. few]
        );

    private static Gen<Decision> Some(Gen<NoteKind> kinds, Gen<string> texts) =>
        from kind in kinds
        from count in Gen.Elements(0L, 1, 1, 2, 127, 128, 1L << 40)
        from text in texts
        select new Decision(kind, count, text);

    private static Gen<string> Texts() =>
        Gen.OneOf(
            Gen.Elements(
                "",
                "good",
                "ok",
                "ä",
                "\uFFFD",
                "\ud83d\ude00",
                "\ud800",
                "\udc00x",
                "a\ud83d",
                "\ud83d\ud83d\ude00",
                "\0",
                "a\nb"
            ),
            Gen.Choose(0, 200).Select(i => $"t{i}"),
            from length in Gen.Choose(96, 104)
            from end in Gen.Elements("", "\ud83d\ude00", "\ud83d", "ö", "\udc00")
            select new string('x', length) + end
        );

    /// <summary>As UTF-8 has it, and no more than 100 characters of it, of which none is half.</summary>
    private static string Cut(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().TakeWhile(rune => kept.Length + rune.Utf16SequenceLength <= 100))
            kept.Append(rune);
        return kept.ToString();
    }

    private sealed record Decision(NoteKind Kind, long Count, string Text)
    {
        public NoteCounts Counts => NoteCounts.Of(Kind, Count, Text);
    }
}
