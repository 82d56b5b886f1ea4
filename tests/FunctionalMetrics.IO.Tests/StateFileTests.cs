using System.IO.Hashing;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO.Tests;

public sealed class StateFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        foreach (var state in (EvaluationState[])[EvaluationState.Empty, Rows(1), Maps(2), Maps(3) with { LowerIsAnomalous = true }])
        {
            var path = Write("a.fms", state);
            Assert.Equal(state, StateFile.TryRead(path).Good());
            Assert.Equal(File.ReadAllBytes(path), Bytes(StateFile.TryRead(path).Good()));
        }
    }

    /// <summary>Nothing is drawn at random, so with <c>FMETRICS_LONG=1</c> nothing of that size is missed.</summary>
    [Fact, Trait("Category", "Slow")]
    public void Multisets_of_six_rows_on_three_scores_are_what_the_files_of_its_parts_merge_to()
    {
        foreach (var counts in SmallWorld.OneIn(8))
        {
            var whole = Write("whole.fms", RowsOf(counts));
            Assert.Equal(RowsOf(counts), StateFile.TryRead(whole).Good());
            var part = SmallWorld.Half(counts);
            string[] files = [Write("part.fms", RowsOf(part)), Write("rest.fms", RowsOf(SmallWorld.Without(counts, part)))];
            var merged = StateFile.TryMerge(files, allowDuplicates: true).Good();
            Assert.Equal(File.ReadAllBytes(whole), Bytes(merged));
        }

        static EvaluationState RowsOf(int[] counts)
        {
            var (scores, labels) = SmallWorld.Rows(counts);
            return EvaluationState.Of(new(Checked.Take(ScoreBatch.Create(scores, labels), "rows")));
        }
    }

    /// <summary>Written when version 1 was new, and never again; every later version must read them.</summary>
    [Fact]
    public void Golden_files_of_version_1_load()
    {
        foreach (
            var (name, state) in (ReadOnlySpan<(string, EvaluationState)>)
                [
                    ("maps", Maps(1)),
                    ("rows-turned", Rows(1) with { LowerIsAnomalous = true }),
                    ("bounded-maps", Bounded(Maps(1))),
                    ("maps-notes", Maps(1) with { Notes = Notes }),
                    ("maps-images", Images(1)),
                ]
        )
        {
            var path = Path.Combine(AppContext.BaseDirectory, "states", $"{name}-1.fms");
            Assert.Equal(state, StateFile.TryRead(path).Good());
            Assert.Equal(File.ReadAllBytes(path), Bytes(state));
        }
    }

    [Fact]
    public void Files_merge_to_the_same_bytes_in_every_order()
    {
        EvaluationState[] shards = [Maps(1), Maps(2), Maps(3)];
        string[] paths = [.. shards.Select((shard, i) => Write($"{i}.fms", shard))];
        var whole = shards.Aggregate(EvaluationState.Merge);
        foreach (
            var order in (int[][])
                [
                    [0, 1, 2],
                    [2, 1, 0],
                    [1, 2, 0],
                ]
        )
            Assert.Equal(Bytes(whole), Bytes(StateFile.TryMerge(order.Select(i => paths[i])).Good()));
        var some = Write("some.fms", StateFile.TryMerge([paths[2], paths[0]]).Good());
        Assert.Equal(Bytes(whole), Bytes(StateFile.TryMerge([some, paths[1]]).Good()));
    }

    [Fact]
    public void The_same_content_twice_is_an_error_unless_allowed()
    {
        var (a, b, c) = (Write("a.fms", Rows(1)), Write("b.fms", Rows(2)), Write("c.fms", Rows(1)));
        Assert.Equal($"{c}: has the same content as {a}; --allow-duplicates counts it twice", StateFile.TryMerge([a, b, c]).Sentence());
        Assert.Equal(2 * Rows(1).Images.Rows, StateFile.TryMerge([a, c], true).Good().Rows);
    }

    [Fact]
    public void Evaluations_of_different_kinds_do_not_merge()
    {
        var (rows, maps) = (Write("rows.fms", Rows(1)), Write("maps.fms", Maps(1)));
        var turned = Write("turned.fms", Rows(2) with { LowerIsAnomalous = true });
        Assert.Contains("maps.fms: holds maps with masks, and ", StateFile.TryMerge([rows, maps]).Sentence(), StringComparison.Ordinal);
        Assert.Contains(
            "turned.fms: was evaluated with --lower-is-anomalous",
            StateFile.TryMerge([rows, turned]).Sentence(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Merging_ends_where_a_file_could_no_longer_be_read()
    {
        EvaluationState state = Rows(1);
        for (var doublings = 0; ; doublings++)
        {
            var path = Write("half.fms", state);
            var twice = StateFile.TryMerge([path, path], true);
            if (twice.IsFail)
            {
                Assert.Contains("2^53", twice.Sentence(), StringComparison.Ordinal);
                Assert.InRange(doublings, 45, 53);
                return;
            }
            state = twice.Good();
        }
    }

    [Fact]
    public void Every_changed_cut_or_grown_file_is_refused_with_its_name()
    {
        var bytes = Bytes(Maps(1));
        for (var at = 0; at < bytes.Length; at++)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 1;
            Assert.True(EvaluationState.Codec.Decode(damaged).IsFail);
            Assert.True(EvaluationState.Codec.Decode(bytes[..at]).IsFail);
        }
        IsRefused("cut off", bytes[..^1]);
        IsRefused("malformed", [.. bytes, 0]);
        IsRefused("is not a state file", [.. "PK"u8, .. bytes]);
        IsRefused("version 2", [.. bytes[..8], 2, .. bytes[9..]]);
        byte[] newer = [.. bytes];
        newer[24] |= 128;
        IsRefused("only a newer version of this library knows", Envelope.Seal(EvaluationState.Codec.Family, newer[24..^8]));
        IsRefused("checksum", [.. bytes[..40], (byte)~bytes[40], .. bytes[41..]]);
        IsRefused("Rank; one of the family Evaluation", RankState.Codec.Encode(RankState.Empty));
        IsRefused("empty file", []);
        Assert.Contains("does not exist", StateFile.TryRead(folder.File("none.fms")).Sentence(), StringComparison.Ordinal);
        Assert.Contains("is a folder", StateFile.TryRead(folder.Path).Sentence(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_changed_byte_under_right_checksums_is_a_fault_or_another_evaluation()
    {
        var bytes = Bytes(Maps(1));
        for (var at = 8; at < bytes.Length - 8; at++)
        for (var value = 0; value < 256; value += value < 4 ? 1 : 7)
        {
            byte[] forged = [.. bytes];
            forged[at] = (byte)value;
            var images = 40 + (int)BitConverter.ToUInt32(bytes, 32);
            Sign(forged.AsSpan(40..images));
            Sign(forged.AsSpan(images..^8));
            Sign(forged);
            EvaluationState.Codec.Decode(forged).IfSuccess(state => Assert.Equal(forged, Bytes(state)));
        }

        static void Sign(Span<byte> sealedBytes) => BitConverter.TryWriteBytes(sealedBytes[^8..], XxHash3.HashToUInt64(sealedBytes[..^8]));
    }

    private void IsRefused(string reason, byte[] content)
    {
        var path = folder.Write("bad.fms", content);
        var sentence = StateFile.TryRead(path).Sentence();
        Assert.StartsWith(path, sentence, StringComparison.Ordinal);
        Assert.Contains(reason, sentence, StringComparison.Ordinal);
        Assert.Equal(sentence, StateFile.TryMerge([Write("good.fms", Maps(2)), path]).Sentence());
    }

    private string Write(string name, EvaluationState state)
    {
        var path = folder.File(name);
        AtomicFiles.Write((path, StateFile.Content(state))).Good();
        return path;
    }

    private static byte[] Bytes(EvaluationState state) => EvaluationState.Codec.Encode(state);

    private static NoteCounts Notes { get; } =
        NoteCounts.Sum([
            NoteCounts.Of(NoteKind.NormalFolder, 300, "good"),
            NoteCounts.Of(NoteKind.NormalFolder, 2, "é"),
            NoteCounts.Of(NoteKind.MaskOf255, 7),
            NoteCounts.Of(NoteKind.LostDefect),
        ]);

    private static EvaluationState.Bounded Bounded(EvaluationState.Exact exact) =>
        new(BoundedRankState.Of(exact.Images), exact.Pixels.Map(pixels => BoundedRegionState.Of(pixels, 20)), exact.LowerIsAnomalous);

    private static EvaluationState.Exact Rows(int seed)
    {
        double[] scores = [.. Enumerable.Range(seed, 20).Select(i => i * 37 % 11 / 8.0), 0.1 * seed];
        bool[] labels = [.. scores.Select((score, i) => (i + seed) % 3 == 0 || score > 1)];
        return new(RankState.Of(Value(ScoreBatch.Create(scores, labels))), None, false);
    }

    private static EvaluationState.Exact Maps(int seed) => Rows(seed) with { Pixels = Some(RegionState.Of(Batch(seed))) };

    /// <summary>The same with each image by itself.</summary>
    private static EvaluationState.Exact Images(int seed)
    {
        var kept = ImageState.Of(Value(Batch(seed).WithImages([new("good/\u00e4.png", Score: 0.1), new("crack/1.png")])));
        return Rows(seed) with { Pixels = Some(kept.Pixels), Kept = kept };
    }

    private static MapBatch Batch(int seed)
    {
        float[] scores = [.. Enumerable.Range(seed, 24).Select(i => i * 37 % 11 / 7f)];
        bool[] mask = [.. scores.Select((score, i) => (i + seed) % 5 == 0 || score > 1.2f)];
        return Value(MapBatch.Create(scores, mask, new(2, 3, 4)));
    }

    private static T Value<T>(Validation<Fault, T> made) =>
        made.Match(value => value, faults => throw new InvalidOperationException(faults.Head.Message));
}
