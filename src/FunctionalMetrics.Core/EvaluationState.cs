using System.Collections.Immutable;
using System.Diagnostics.Contracts;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// What the numbers of an evaluation are computed from: the state of the images (or of rows), and that of the pixels where there were maps; exact, or
/// in bounded memory. It is what a .fms file holds and what a cluster merges. Parameters such as the limit of the false positive rate are no part of it.
/// High scores are anomalous in it: where the user's low ones are, it holds them negated, and says so.
/// <para>
/// A commutative monoid under <see cref="Merge"/>; <see cref="Empty"/> is the identity. With a bounded part among them the whole is bounded, at the
/// coarsest resolution of all. Compared by value; immutable and safe to share between threads.
/// </para>
/// </summary>
/// <param name="LowerIsAnomalous">Whether negated scores are held, since low ones are the anomalous ones.</param>
public abstract record EvaluationState(bool LowerIsAnomalous)
{
    private const int Negated = 1;
    private const int HasPixels = 2;
    private const int Binned = 4;
    private const int HasNotes = 8;
    private const int HasImages = 16;

    /// <summary>No images seen, and no maps.</summary>
    public static EvaluationState Empty { get; } = new Exact(RankState.Empty, None, false);

    /// <summary>
    /// The states as bytes; equal ones have equal bytes. A flag stands for a part of its own and is set where there is that part alone, so that a reader
    /// from before it was known refuses the flag and never passes over the part: notes, which came later, need no new version of the envelope, which is
    /// that of all states, and files without notes can be read on both sides.
    /// <code>
    ///  offset  bytes
    ///  0       1      flags: bit 0, scores are negated; bit 1, there is a pixel state; bit 2, states are bounded; bit 3, there are notes; bit 4, the pixel state is one of images; the others are 0, or refused
    ///  1       7      reserved, 0; anything else is refused
    ///  8       8      n, the length of the image state
    ///  16      n      image state, in an envelope of its own (rank, or bounded rank)
    ///  16+n    8      m, the length of the notes, if there are any
    ///  24+n    m      notes: how many, and of each its kind (1 byte), its text (length and UTF-8) and its count; numbers are varints
    ///                 pixel state, in an envelope of its own (region, bounded region, or image), if there is one
    /// </code>
    /// </summary>
    public static StateCodec<EvaluationState> Codec { get; } = new(64, "Evaluation", (to, state) => state.Write(to), Read);

    /// <summary>The kind of state.</summary>
    public static State<EvaluationBatch, EvaluationState> State { get; } = new(Empty, Of, Merge, Codec);

    /// <summary>What was decided while the data were read.</summary>
    public NoteCounts Notes { get; init; } = NoteCounts.Empty;

    /// <summary>Whether there were maps.</summary>
    public abstract bool HasMaps { get; }

    /// <summary>How many rows there are at the level that has most.</summary>
    public abstract long Rows { get; }

    /// <summary>The state of a batch.</summary>
    public static EvaluationState Of(EvaluationBatch batch)
    {
        var kept = batch.Maps.Filter(_ => batch.KeepsImages).Map(ImageState.Of);
        return new Exact(
            RankState.Of(batch.Images),
            batch.Maps.Map(maps => kept.Match(images => images.Pixels, () => RegionState.Of(maps))),
            batch.LowerIsAnomalous
        )
        {
            Notes = batch.Notes,
            Kept = kept,
        };
    }

    /// <summary>The state of the data of both.</summary>
    [Pure]
    public static EvaluationState Merge(EvaluationState left, EvaluationState right) =>
        Scores(left, right) with
        {
            Notes = NoteCounts.Merge(left.Notes, right.Notes),
        };

    /// <summary>Whether it holds no scores in no resolution: with it the other's resolutions stay as they are.</summary>
    private bool IsEmpty => this is Exact { Images.Rows: 0, Pixels.IsNone: true };

    private static EvaluationState Scores(EvaluationState left, EvaluationState right)
    {
        var lower = left.LowerIsAnomalous || right.LowerIsAnomalous;
        if (left.IsEmpty || right.IsEmpty)
            return (left.IsEmpty ? right : left) with { LowerIsAnomalous = lower };
        if (left is Exact a && right is Exact b)
            return new Exact(RankState.Merge(a.Images, b.Images), Both(a.Pixels, b.Pixels, RegionState.Merge), lower)
            {
                Kept = a.KeepsAll && b.KeepsAll ? Both(a.Kept, b.Kept, ImageState.Merge) : None,
            };
        var bits = Math.Min((left as Bounded)?.Bits ?? BoundedRankState.MostBits, (right as Bounded)?.Bits ?? BoundedRankState.MostBits);
        var (c, d) = (left.InBins(bits), right.InBins(bits));
        return new Bounded(BoundedRankState.Merge(c.Images, d.Images), Both(c.Pixels, d.Pixels, BoundedRegionState.Merge), lower);
    }

    /// <summary>The same in bounded memory, at a resolution or a coarser one; a homomorphism: it commutes with Merge.</summary>
    /// <param name="bits">The resolution, from 1 to 24; what is outside counts as the nearest.</param>
    public abstract Bounded InBins(int bits);

    /// <summary>All numbers: of the images (or rows), and then of the pixels where there were maps.</summary>
    public ImmutableArray<LevelNumbers> Numbers(EvaluationSettings? settings = null) =>
        Levels((settings ?? new()) with { LowerIsAnomalous = LowerIsAnomalous });

    private protected abstract ImmutableArray<LevelNumbers> Levels(EvaluationSettings settings);

    private protected abstract void Write(PayloadWriter to);

    private static Option<T> Both<T>(Option<T> left, Option<T> right, Func<T, T, T> merge) =>
        left.Match(a => right.Match(b => merge(a, b), () => a), () => right);

    private void Write<TRows, TPixels>(
        PayloadWriter to,
        int flags,
        StateCodec<TRows> rows,
        TRows images,
        StateCodec<TPixels> regions,
        Option<TPixels> pixels
    )
        where TRows : notnull
        where TPixels : notnull
    {
        var encoded = rows.Encode(images);
        to.Byte(flags | (LowerIsAnomalous ? Negated : 0) | (pixels.IsSome ? HasPixels : 0) | (Notes.IsEmpty ? 0 : HasNotes));
        to.Fixed(0, 7);
        to.Fixed((ulong)encoded.Length, sizeof(ulong));
        to.Bytes(encoded);
        if (!Notes.IsEmpty)
        {
            var notes = new PayloadWriter();
            Notes.Write(notes);
            to.Fixed((ulong)notes.Written.Length, sizeof(ulong));
            to.Bytes(notes.Written);
        }
        pixels.Iter(maps => to.Bytes(regions.Encode(maps)));
    }

    private static Validation<Fault, EvaluationState> Read(ref PayloadReader from)
    {
        var flags = from.Byte();
        from.Require(
            flags <= (Negated | HasPixels | Binned | HasNotes | HasImages),
            "flags are set that only a newer version of this library knows"
        );
        from.Require(
            (flags & HasImages) == 0 || (flags & (HasPixels | Binned)) == HasPixels,
            "images are kept where there are no exact pixels"
        );
        from.Require(from.Fixed(7) == 0, "reserved bytes are not 0");
        var length = from.Fixed(sizeof(ulong));
        from.Require(length <= (ulong)from.Left, "the image state is longer than the bytes that are left");
        var images = from.Bytes((int)Math.Min(length, (ulong)from.Left));
        var notes = (flags & HasNotes) > 0 ? ReadNotes(ref from) : NoteCounts.Empty;
        var maps = (flags & HasPixels) > 0;
        from.Require(maps || from.Left == 0, "bytes follow the image state");
        var pixels = from.Bytes(from.Left);
        if (!from.Ok)
            return from.End(() => Empty);
        var lower = (flags & Negated) > 0;
        return (flags & Binned) > 0
                ? (BoundedRankState.Codec.Decode(images), Decode(BoundedRegionState.Codec, maps, pixels)).Apply(
                    EvaluationState (rows, regions) => new Bounded(rows, regions, lower) { Notes = notes }
                )
            : (flags & HasImages) > 0
                ? (RankState.Codec.Decode(images), ImageState.Codec.Decode(pixels)).Apply(
                    EvaluationState (rows, kept) => new Exact(rows, kept.Pixels, lower) { Notes = notes, Kept = kept }
                )
            : (RankState.Codec.Decode(images), Decode(RegionState.Codec, maps, pixels)).Apply(
                EvaluationState (rows, regions) => new Exact(rows, regions, lower) { Notes = notes }
            );
    }

    private static NoteCounts ReadNotes(ref PayloadReader from)
    {
        var (length, left) = (from.Fixed(sizeof(ulong)), from.Left);
        var notes = NoteCounts.Read(ref from);
        from.Require(!notes.IsEmpty && length == (ulong)(left - from.Left), "the notes are not as long as they claim");
        return notes;
    }

    private static Validation<Fault, Option<TState>> Decode<TState>(StateCodec<TState> codec, bool there, ReadOnlySpan<byte> bytes)
        where TState : notnull => there ? codec.Decode(bytes).Map(Some) : Success<Fault, Option<TState>>(None);

    /// <summary>With every score of the data.</summary>
    /// <param name="Images">The scores of the images, or of rows, by class.</param>
    /// <param name="Pixels">The pixels with their regions, where there were maps.</param>
    /// <param name="LowerIsAnomalous">Whether both hold negated scores.</param>
    public sealed record Exact(RankState Images, Option<RegionState> Pixels, bool LowerIsAnomalous = false)
        : EvaluationState(LowerIsAnomalous)
    {
        /// <summary>
        /// The images of the same maps, each by itself, where they were kept: then those of all maps are. With maps whose images were not kept among them
        /// there are none.
        /// </summary>
        public Option<ImageState> Kept { get; init; }

        internal bool KeepsAll => Kept.IsSome || Pixels.IsNone;

        /// <inheritdoc/>
        public override bool HasMaps => Pixels.IsSome;

        /// <inheritdoc/>
        public override long Rows => Math.Max(Images.Rows, Pixels.Map(pixels => pixels.Rank.Rows).IfNone(0));

        /// <inheritdoc/>
        public override Bounded InBins(int bits) =>
            new(BoundedRankState.Of(Images, bits), Pixels.Map(pixels => BoundedRegionState.Of(pixels, bits)), LowerIsAnomalous)
            {
                Notes = Notes,
            };

        private protected override ImmutableArray<LevelNumbers> Levels(EvaluationSettings settings) =>
            [
                LevelNumbers.Of(Images, settings),
                .. Kept.Map(images => LevelNumbers.Of(images, settings))
                    .Match(numbers => Some(numbers), () => Pixels.Map(pixels => LevelNumbers.Of(pixels, settings)))
                    .ToSeq(),
            ];

        private protected override void Write(PayloadWriter to)
        {
            if (Kept.IsSome)
                Write(to, HasImages, RankState.Codec, Images, ImageState.Codec, Kept);
            else
                Write(to, 0, RankState.Codec, Images, RegionState.Codec, Pixels);
        }
    }

    /// <summary>In bounded memory: its numbers are intervals.</summary>
    /// <param name="Images">The scores of the images, or of rows, by class and bin.</param>
    /// <param name="Pixels">The pixels with the weights of their regions, where there were maps.</param>
    /// <param name="LowerIsAnomalous">Whether both hold negated scores.</param>
    public sealed record Bounded(BoundedRankState Images, Option<BoundedRegionState> Pixels, bool LowerIsAnomalous = false)
        : EvaluationState(LowerIsAnomalous)
    {
        /// <summary>The resolution: the coarser one of the two states.</summary>
        public int Bits => Math.Min(Images.Bits, Pixels.Map(pixels => pixels.Bits).IfNone(Images.Bits));

        /// <inheritdoc/>
        public override bool HasMaps => Pixels.IsSome;

        /// <inheritdoc/>
        public override long Rows => Math.Max(Images.Rows, Pixels.Map(pixels => pixels.Rank.Rows).IfNone(0));

        /// <inheritdoc/>
        public override Bounded InBins(int bits) =>
            this with
            {
                Images = Images.Coarsen(bits),
                Pixels = Pixels.Map(pixels => pixels.Coarsen(bits)),
            };

        private protected override ImmutableArray<LevelNumbers> Levels(EvaluationSettings settings) =>
            [LevelNumbers.Of(Images, settings), .. Pixels.Map(pixels => LevelNumbers.Of(pixels, settings)).ToSeq()];

        private protected override void Write(PayloadWriter to) =>
            Write(to, Binned, BoundedRankState.Codec, Images, BoundedRegionState.Codec, Pixels);
    }
}

/// <summary>Images as rows, and their maps with masks where there are any. Immutable.</summary>
/// <param name="Images">A row for each image.</param>
/// <param name="Maps">The maps of the same images.</param>
/// <param name="LowerIsAnomalous">Whether both hold negated scores, since low ones are the anomalous ones.</param>
public sealed record EvaluationBatch(ScoreBatch Images, Option<MapBatch> Maps = default, bool LowerIsAnomalous = false)
{
    /// <summary>What was decided while the data were read.</summary>
    public NoteCounts Notes { get; init; } = NoteCounts.Empty;

    /// <summary>Whether the images of the maps are to be kept apart, with what the maps know of them.</summary>
    public bool KeepsImages { get; init; }
}
