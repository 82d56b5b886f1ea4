using System.Collections.Immutable;
using System.Globalization;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO;

/// <summary>
/// Anomaly maps with their masks, opened: the layout is checked and maps are matched with masks, but nothing is decoded yet. Maps are
/// .tiff, .tif, .png, .bmp, .npy or .npz files of one channel; masks likewise. In a folder layout names match on the path below the root, without
/// extension, the suffix _mask and a leading test level, case-sensitively; of any other layout a pattern says what an image is called.
/// <see cref="MapRules"/> say which maps need no mask. Files whose name begins with a dot, Thumbs.db and desktop.ini are passed over; any other file
/// that does not belong is an error. Immutable; it may be read any number of times, also at once.
/// </summary>
public sealed class MapDataset
{
    /// <summary>A smaller image is read as a whole sooner than some of its rows.</summary>
    private const int FewPixels = 128 * 128;

    private readonly Func<CancellationToken, Fin<ReadingMemory>> measure;
    private readonly Func<Range, CancellationToken, IEnumerable<Fin<LabelledMaps>>> read;
    private readonly Func<CancellationToken, IEnumerable<Fin<AnomalousRows>>>? readAnomalous;
    private readonly Func<Range, IEnumerable<string>> files;

    private MapDataset(
        ImmutableArray<string> names,
        bool hasMasks,
        bool isRawStack,
        ImmutableArray<string> heldWhole,
        Func<CancellationToken, Fin<ReadingMemory>> measure,
        Func<Range, CancellationToken, IEnumerable<Fin<LabelledMaps>>> read,
        Func<CancellationToken, IEnumerable<Fin<AnomalousRows>>>? readAnomalous,
        Func<Range, IEnumerable<string>> files
    ) =>
        (Names, HasMasks, IsRawStack, HeldWhole, this.measure, this.read, this.readAnomalous, this.files) = (
            names,
            hasMasks,
            isRawStack,
            heldWhole,
            measure,
            read,
            readAnomalous,
            files
        );

    /// <summary>How many images there are.</summary>
    public int Count => Names.Length;

    /// <summary>The images' names: "blur/001" in a folder layout, in ordinal order; "0", "1", ... in a stack.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Whether pixels have labels: by masks, or because all images are normal. Without, the labels of the images were given alone.</summary>
    public bool HasMasks { get; }

    /// <summary>
    /// Whether the maps are a .npy stack of float32 or float64 in the machine's byte order, and the masks a .npy stack in it too. Such files lie on
    /// the disk as they lie in memory: to read them twice takes little longer than once, and far less memory than to hold all scores.
    /// </summary>
    public bool IsRawStack { get; }

    /// <summary>The stacks in Fortran order, which are held whole while they are read, each twice at first.</summary>
    public ImmutableArray<string> HeldWhole { get; }

    /// <summary>The normal folders of the rules that no image lies in: perhaps slips of the pen.</summary>
    public ImmutableArray<string> IdleFolders { get; private init; } = [];

    /// <summary>The files that some of the images come from, each once: of maps, masks and what is ignored, and the table of labels.</summary>
    /// <param name="images">Which images, by their place in <see cref="Names"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer images.</exception>
    public ImmutableArray<string> Files(Range images)
    {
        _ = images.GetOffsetAndLength(Count);
        return [.. files(images).Distinct()];
    }

    /// <summary>Whether a path names a folder or a pattern of images rather than one file.</summary>
    public static bool IsFolder(string path) => ImageFolder.Is(path);

    /// <summary>Whether the folder of masks of a root is missing, or holds nothing.</summary>
    public static bool LacksMasks(string root) => ImageFolder.LacksMasks(root);

    /// <summary>Whether a folder holds anomaly_maps and ground_truth.</summary>
    public static bool IsLaidOut(string root) => ImageFolder.IsRoot(root);

    /// <summary>
    /// Opens the MVTec AD layout in one root: <c>anomaly_maps/DEFECT/000.tiff</c> with <c>ground_truth/DEFECT/000_mask.png</c>.
    /// </summary>
    /// <param name="root">The folder that holds anomaly_maps and ground_truth.</param>
    /// <param name="rules">What images and pixels are labelled, where the usual rules do not do.</param>
    public static Fin<MapDataset> TryOpen(string root, MapRules? rules = null) =>
        Reading.Try(
            root,
            () =>
            {
                var (maps, masks) = ImageFolder.Of(root);
                return OfFolders(maps, masks, rules ?? new());
            }
        );

    /// <summary>The same for those who prefer exceptions.</summary>
    /// <param name="root">The folder that holds anomaly_maps and ground_truth.</param>
    /// <param name="rules">What images and pixels are labelled, where the usual rules do not do.</param>
    /// <exception cref="InputException">It is not laid out so; the message says what is wrong, and where.</exception>
    public static MapDataset Open(string root, MapRules? rules = null) => Reading.OrThrow(TryOpen(root, rules));

    /// <summary>
    /// Opens maps and masks that lie apart: two folders of any, but the same, layout (an anomaly_maps or ground_truth level inside them is
    /// found), two patterns, two stacks (.npy, .npz or <c>FILE.npz:name</c>, of shape (H, W), (N, H, W) or (N, 1, H, W)), or two picture files. In a
    /// pattern <c>{name}</c> matches one or more levels and is the image's name, and <c>*</c> matches within a level; several masks of one name are
    /// united, and files that do not match are not looked at: <c>maps/box/test/{name}.tiff</c> with <c>box/ground_truth/{name}/*.png</c>. A file that is
    /// the mask of a map is no map itself: <c>all/{name}.png</c> goes with <c>all/{name}_GT.png</c>.
    /// </summary>
    /// <param name="maps">The folder, pattern or file of maps.</param>
    /// <param name="masks">The folder, pattern or file of masks; null where <see cref="MapRules.ImageLabels"/> say all that is known.</param>
    /// <param name="rules">What images and pixels are labelled, where the usual rules do not do.</param>
    public static Fin<MapDataset> TryOpen(string maps, string? masks, MapRules? rules = null) =>
        Reading.Try(
            maps,
            () =>
            {
                if (masks is null && rules?.ImageLabels is null)
                    throw new InputException(maps, "has no masks, and its images have no labels");
                var areFolders = ImageFolder.Is(maps);
                foreach (var other in new[] { masks, rules?.Ignore }.OfType<string>())
                    if (ImageFolder.Is(other) != areFolders)
                        throw areFolders ? NotAlike(maps, other) : NotAlike(other, maps);
                return areFolders ? OfFolders(maps, masks, rules ?? new()) : OfFiles(maps, masks, rules ?? new());
            }
        );

    /// <summary>The same for those who prefer exceptions.</summary>
    /// <param name="maps">The folder, pattern or file of maps.</param>
    /// <param name="masks">The folder, pattern or file of masks; null where <see cref="MapRules.ImageLabels"/> say all that is known.</param>
    /// <param name="rules">What images and pixels are labelled, where the usual rules do not do.</param>
    /// <exception cref="InputException">They do not go together; the message says what is wrong, and where.</exception>
    public static MapDataset Open(string maps, string? masks, MapRules? rules = null) => Reading.OrThrow(TryOpen(maps, masks, rules));

    /// <summary>
    /// Opens maps of normal images alone, which need no masks: a folder, a pattern or a file. All must lie in a normal folder, which may be the folder that
    /// is named, or <see cref="MapRules.UnmaskedAreNormal"/> must say that they are normal.
    /// </summary>
    /// <param name="maps">The folder, pattern or file of maps.</param>
    /// <param name="rules">What is left out of the images, and further names of normal folders.</param>
    public static Fin<MapDataset> TryOpenNormal(string maps, MapRules? rules = null) =>
        Reading.Try(
            maps,
            () =>
            {
                var own = (rules ?? new()) with { ImageLabels = null };
                return ImageFolder.Is(maps) ? OfFolders(maps, null, own) : OfFiles(maps, null, own);
            }
        );

    /// <summary>The most memory that reading takes at once, by the headers of all files: nothing is decoded for it.</summary>
    /// <param name="cancel">Looked at before each file; the only way for an exception to leave.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public Fin<ReadingMemory> TryMeasure(CancellationToken cancel = default) => measure(cancel);

    /// <summary>
    /// Decodes the images lazily and in order: one file of a folder at a time, or blocks of a stack. Memory does not grow with the data
    /// set. The first failure is the last element.
    /// </summary>
    /// <param name="cancel">Looked at before each file or block; the only way for an exception to leave.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public IEnumerable<Fin<LabelledMaps>> TryRead(CancellationToken cancel = default) => read(.., cancel);

    /// <summary>The same of some of the images: a shard of the data set.</summary>
    /// <param name="images">Which images, by their place in <see cref="Names"/>.</param>
    /// <param name="cancel">Looked at before each file or block; the only way for an exception to leave.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer images.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public IEnumerable<Fin<LabelledMaps>> TryRead(Range images, CancellationToken cancel = default)
    {
        _ = images.GetOffsetAndLength(Count);
        return read(images, cancel);
    }

    /// <summary>
    /// All anomalous pixels, for those who ask nothing of normal ones: of a raw stack of larger images only the masks are read whole, and of the maps
    /// the rows from the first anomalous pixel of an image to its last; of anything else all. Lazily and in order, with batches of no image where
    /// none is anomalous; the first failure is the last element.
    /// </summary>
    /// <param name="cancel">Looked at before each batch; the only way for an exception to leave.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public IEnumerable<Fin<AnomalousRows>> TryReadAnomalous(CancellationToken cancel = default)
    {
        if (readAnomalous is not null)
            return readAnomalous(cancel);
        var images = 0;
        return TryRead(cancel).Select(part => part.Map(maps => new AnomalousRows(images += maps.Names.Length, maps.Batch)));
    }

    /// <summary>
    /// The images one file or block after the other, as <see cref="TryRead(CancellationToken)"/> decodes them, for those who prefer exceptions.
    /// </summary>
    /// <param name="cancel">Looked at before each file or block.</param>
    /// <exception cref="InputException">A file is damaged or does not fit; the message says which, and what is wrong.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public IEnumerable<LabelledMaps> Read(CancellationToken cancel = default) => TryRead(cancel).Select(Reading.OrThrow);

    private static MapDataset OfFolders(string mapRoot, string? maskRoot, MapRules rules)
    {
        var (maps, masks) = (ImageFolder.Maps(mapRoot), maskRoot is null ? null : ImageFolder.Masks(maskRoot));
        var images = FolderImage.Match(maps, masks, rules.Ignore is null ? null : ImageFolder.Masks(rules.Ignore), rules);
        var names = images.Select(image => image.Name).ToImmutableArray();
        var leaves = Leaves(rules);
        var labels = ImageLabels.Read(rules, names, masks);
        string[] labelled = rules.ImageLabels is { } table ? [table.Path] : [];
        if (AreNormal(maskRoot, rules))
            RequireNormal(maps, images, rules);
        else
            foreach (var image in images)
                labels.Require(image);
        // Maps without masks are brought to the size of the others' masks.
        var masked = images.FirstOrDefault(image => image.MaskPaths.Length > 0);
        var common =
            rules.Resize == Resizing.Maps && masked is not null && images.Any(image => image.MaskPaths.IsEmpty)
                ? ImagePair.ShapeOf(masked.MaskPaths[0])
                : default(MapShape?);
        return new(
            names,
            masks is not null || AreNormal(maskRoot, rules),
            false,
            [],
            cancel => Reading.Try(mapRoot, () => Measure(cancel)),
            (some, cancel) =>
            {
                var rule = new PixelRule(rules);
                return Sequence.Each(images.Take(some), image => Reading.Try(image.MapPath, () => Read(image, rule)), cancel);
            },
            null,
            some =>
                images
                    .Take(some)
                    .SelectMany(image => image.MaskPaths.Concat(image.IgnorePaths).Prepend(image.MapPath))
                    .Concat(common is null ? [] : masked!.MaskPaths.Take(1))
                    .Concat(labelled)
        )
        {
            IdleFolders = [.. rules.NormalFolders.Where(folder => !maps.HasLevel(folder))],
        };

        ImagePair Open(FolderImage image) => ImagePair.Open(image.MapPath, image.MaskPaths, image.IgnorePaths, rules, common, true);

        ReadingMemory Measure(CancellationToken cancel)
        {
            var (most, before) = (new ReadingMemory("", 0, 0), new Queue<long>());
            foreach (var image in images)
            {
                cancel.ThrowIfCancellationRequested();
                using var pair = Open(image);
                var (reading, read) = pair.BlockBytes(leaves);
                if (before.Count == ReadAhead.AtOnce)
                    before.Dequeue();
                before.Enqueue(read);
                var (file, bytes) =
                    reading + pair.BytesLeft + before.Sum() is var here && here > most.Bytes
                        ? (image.MapPath, here)
                        : (most.File, most.Bytes);
                most = new(file, bytes, Math.Max(most.BlockBytes, read));
            }
            return most;
        }

        LabelledMaps Read(FolderImage image, PixelRule rule)
        {
            using var pair = Open(image);
            if (pair.Count != 1)
                throw new InputException(image.MapPath, $"holds {pair.Count} maps; in a folder each file holds one");
            var read = Labelled(pair, pair.Next(rule)!, [image.Name], image.MapPath, image.MaskPaths, image.NormalFolder, labels);
            return read with
            {
                Notes = NoteCounts.Sum([
                    read.Notes,
                    AreNormal(maskRoot, rules) ? Among(image) : NoteCounts.Empty,
                    NoteCounts.Of(NoteKind.NothingIgnored, rules.Ignore is not null && image.IgnorePaths.IsEmpty ? 1 : 0),
                ]),
            };
        }

        NoteCounts Among(FolderImage image) =>
            NoteCounts.Of(
                NoteKind.AmongNormal,
                1,
                string.Join('/', maps.Levels(image.MapPath)[..^1]) is { Length: > 0 } folder ? folder : "."
            );
    }

    private static MapDataset OfFiles(string maps, string? masks, MapRules rules)
    {
        ImmutableArray<string> maskPaths = masks is null ? [] : [masks];
        ImmutableArray<string> ignorePaths = rules.Ignore is null ? [] : [rules.Ignore];
        if (AreNormal(masks, rules) && !rules.UnmaskedAreNormal)
            throw new InputException(maps, "has no masks, without which all maps must be normal (--unmasked normal says so)");
        using var pair = Open();
        var names = Enumerable.Range(0, pair.Count).Select(index => index.ToString(CultureInfo.InvariantCulture)).ToImmutableArray();
        var labels = ImageLabels.Read(rules, names, null);
        string[] labelled = rules.ImageLabels is { } table ? [table.Path] : [];
        return new(
            names,
            masks is not null || AreNormal(masks, rules),
            pair.IsRawStack,
            pair.HeldWhole,
            _ => Reading.Try(maps, Measure),
            (some, cancel) =>
            {
                var rule = new PixelRule(rules);
                return Sequence.Blocks(
                    maps,
                    () => Only(some),
                    pair =>
                        pair.Next(rule) is { } block
                            ? Labelled(pair, block, names.Slice(block.First, block.Marked.Length), maps, maskPaths, null, labels)
                            : null,
                    cancel
                );
            },
            pair.IsRawStack && pair.ImagePixels >= FewPixels
                ? cancel => Sequence.Blocks(maps, () => new Anomalous(Only(..), new(rules)), rows => rows.Next(), cancel)
                : null,
            _ => maskPaths.Concat(ignorePaths).Prepend(maps).Select(path => NpzPath.Parse(path).File).Concat(labelled)
        );

        ImagePair Open() => ImagePair.Open(maps, maskPaths, ignorePaths, rules);

        ReadingMemory Measure()
        {
            using var pair = Open();
            var (reading, read) = pair.BlockBytes(Leaves(rules));
            // The block that was used last is forgotten when the next one is.
            return new(maps, reading + read * Math.Min(2, pair.Blocks), read);
        }

        ImagePair Only(Range images)
        {
            var pair = Open();
            try
            {
                pair.Only(images, names.Length);
                return pair;
            }
            catch
            {
                pair.Dispose();
                throw;
            }
        }
    }

    /// <summary>Whether all images are normal since nothing else is known of them.</summary>
    private static bool AreNormal(string? masks, MapRules rules) => masks is null && rules.ImageLabels is null;

    private static void RequireNormal(ImageFolder maps, ImmutableArray<FolderImage> images, MapRules rules)
    {
        if (rules.UnmaskedAreNormal || rules.NormalFolderAmong([Path.GetFileName(Path.GetFullPath(maps.Root))]) is not null)
            return;
        if (images.FirstOrDefault(image => image.NormalFolder is null) is { } other)
            throw new InputException(
                other.MapPath,
                "lies in no folder good, ok or normal, and there are no masks, without which all maps must be normal (--normal-folder names other folders, --unmasked normal says it of all)"
            );
    }

    private static bool Leaves(MapRules rules) => rules.IgnoreValue is not null || rules.Ignore is not null;

    private static LabelledMaps Labelled(
        ImagePair pair,
        ImagePair.Block block,
        ImmutableArray<string> names,
        string mapFile,
        ImmutableArray<string> maskFiles,
        string? folder,
        ImageLabels labels
    )
    {
        var images = names
            .Select(
                (name, index) =>
                    labels.Of(
                        new(name, block.Marked[index], default)
                        {
                            Folder = folder,
                            Ignored = block.LeftOut[index],
                            MapFile = mapFile,
                            MaskFiles = maskFiles,
                            MapSize = pair.MapSize,
                            MaskSize = pair.MaskSize,
                        }
                    )
            )
            .ToImmutableArray();
        return new(images, block.Batch, NoteCounts.Sum(images.Select(labels.Notes).Append(block.Notes)));
    }

    private sealed class Anomalous(ImagePair pair, PixelRule rule) : IDisposable
    {
        private readonly IEnumerator<AnomalousRows> rows = pair.AnomalousRows(rule).GetEnumerator();

        public AnomalousRows? Next() => rows.MoveNext() ? rows.Current : null;

        public void Dispose()
        {
            rows.Dispose();
            pair.Dispose();
        }
    }

    private static InputException NotAlike(string folder, string file)
    {
        if (!File.Exists(NpzPath.Parse(file).File))
            return NamePattern.Missing(file);
        return new(
            file,
            $"is a file, but {folder} is a {(NamePattern.Is(folder) ? "pattern" : "folder")}; maps, masks and what is ignored are folders or patterns, or all are files"
        );
    }
}
