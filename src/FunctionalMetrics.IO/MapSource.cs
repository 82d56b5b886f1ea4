using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO;

/// <summary>
/// Anomaly maps without masks, opened: a folder with all folders below it, a pattern, a stack (.npy, .npz or <c>FILE.npz:name</c>), or one picture
/// file. Files are the same as for <see cref="MapDataset"/>, in the ordinal order of their names. Immutable; it may be read any number of
/// times.
/// </summary>
public sealed class MapSource
{
    private readonly Func<CancellationToken, IEnumerable<Fin<Maps>>> read;

    private MapSource(int count, Func<CancellationToken, IEnumerable<Fin<Maps>>> read) => (Count, this.read) = (count, read);

    /// <summary>How many maps there are.</summary>
    public int Count { get; }

    /// <summary>Looks at the folder's names, or at the file's header.</summary>
    /// <param name="maps">The folder or file.</param>
    public static Fin<MapSource> TryOpen(string maps) => Reading.Try(maps, () => ImageFolder.Is(maps) ? OfFolder(maps) : OfFile(maps));

    /// <summary>The same for those who prefer exceptions.</summary>
    /// <param name="maps">The folder or file.</param>
    /// <exception cref="InputException">There are no maps there; the message says what is wrong.</exception>
    public static MapSource Open(string maps) => Reading.OrThrow(TryOpen(maps));

    /// <summary>The maps one file or block after the other, as <see cref="TryRead"/> decodes them, for those who prefer exceptions.</summary>
    /// <param name="cancel">Looked at before each file or block.</param>
    /// <exception cref="InputException">A file is damaged; the message says which, and what is wrong.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public IEnumerable<Maps> Read(CancellationToken cancel = default) => TryRead(cancel).Select(Reading.OrThrow);

    /// <summary>
    /// Decodes the maps lazily and in order: one file of a folder at a time, or blocks of a stack. Memory does not grow with their number.
    /// The first failure is the last element.
    /// </summary>
    /// <param name="cancel">Looked at before each file or block; the only way for an exception to leave.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public IEnumerable<Fin<Maps>> TryRead(CancellationToken cancel = default) => read(cancel);

    private static MapSource OfFolder(string root)
    {
        var files = ImageFolder.Maps(root).Files.Values.Select(named => named[0]).ToImmutableArray();
        return new(files.Length, cancel => Sequence.Each(files, file => Reading.Try(file, () => Single(file)), cancel));
    }

    private static MapSource OfFile(string path)
    {
        using var opened = ImagePair.OpenMaps(path);
        return new(
            opened.Shape.Count,
            cancel => Sequence.Blocks(path, () => new Blocks(ImagePair.OpenMaps(path)), blocks => blocks.Next(), cancel)
        );
    }

    private static Maps Single(string path)
    {
        using var blocks = new Blocks(ImagePair.OpenMaps(path, true));
        return blocks.Count == 1
            ? blocks.Next()!
            : throw new InputException(path, $"holds {blocks.Count} maps; in a folder each file holds one");
    }

    private sealed class Blocks(ImageReader images) : IDisposable
    {
        private int done;

        public int Count => images.Shape.Count;

        public Maps? Next()
        {
            if (done == Count)
                return null;
            var (first, count) = (done, Math.Min(images.BlockImages, Count - done));
            done += count;
            var shape = images.Shape with { Count = count };
            return Checked.Take(Maps.Create(NumberType.Scores(images.Next(count)), shape), images.Path, shape, first, Count);
        }

        public void Dispose() => images.Dispose();
    }
}
