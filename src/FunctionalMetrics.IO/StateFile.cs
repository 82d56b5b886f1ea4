using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO;

/// <summary>
/// State files (.fms): the bytes of an <see cref="EvaluationState"/> each. What a file claims is never trusted; a file that is cut, damaged, foreign, of
/// a newer version or made to do harm is an <see cref="InputError"/> that names it, and nothing of it is used.
/// </summary>
public static class StateFile
{
    private const string Kinds = "only evaluations of one kind can be merged";

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="InputException">It is no sound state file; the message says what is wrong, and where.</exception>
    public static EvaluationState Read(string path) => Reading.OrThrow(TryRead(path));

    /// <summary>Reads a file whole.</summary>
    public static Fin<EvaluationState> TryRead(string path) => Load(path).Map(file => file.State);

    /// <summary>What writes the file, for <see cref="AtomicFiles"/>.</summary>
    public static Action<Stream> Content(EvaluationState state)
    {
        var bytes = EvaluationState.Codec.Encode(state);
        return stream => stream.Write(bytes);
    }

    /// <summary>
    /// The evaluation of all the data of all files, whatever their order: exactly the one of the whole data, provided that each part of it
    /// is in one file. Two files with the same content, which count a shard twice, are an error unless allowed, also where one keeps its images; so are files of scores
    /// without maps beside files with maps, and files that differ in which scores are anomalous. With a bounded evaluation among them the
    /// result is bounded too, at the coarsest resolution of all.
    /// </summary>
    /// <param name="paths">The files.</param>
    /// <param name="allowDuplicates">Whether files with the same content count as often as they are named.</param>
    /// <param name="cancel">Looked at before each file; the only way for an exception to leave.</param>
    /// <param name="tell">Hears a sentence where some files keep their images and others do not, so that the whole keeps none.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static Fin<EvaluationState> TryMerge(
        IEnumerable<string> paths,
        bool allowDuplicates = false,
        CancellationToken cancel = default,
        Action<string>? tell = null
    )
    {
        var seen = new Dictionary<(ulong Checksum, long Length), string>();
        var (keeping, without) = (0, new List<string>());
        var merged = Option<Loaded>.None;
        foreach (var path in paths)
        {
            cancel.ThrowIfCancellationRequested();
            var loaded = Load(path);
            if (loaded.Case is not Loaded file)
                return loaded.Map(_ => EvaluationState.Empty);
            if (!allowDuplicates && !seen.TryAdd(file.Content, path))
                return new InputError(path, $"has the same content as {seen[file.Content]}; --allow-duplicates counts it twice");
            var next = merged.Match(before => Merge(before, file), () => file);
            if (next.Case is not Loaded both)
                return next.Map(_ => EvaluationState.Empty);
            merged = both;
            if (file.State is EvaluationState.Exact { Kept.IsSome: true })
                keeping++;
            else if (file.State.HasMaps)
                without.Add(path);
        }
        if (keeping > 0 && without.Count > 0)
            tell?.Invoke(
                $"No image is kept: {without.Count} of {keeping + without.Count} files keep none, {without[0]} is the first; evaluate those with --keep-images for --images, --regions, --worst and --by-folder."
            );
        return Fin<EvaluationState>.Succ(merged.Map(all => all.State).IfNone(EvaluationState.Empty));
    }

    /// <inheritdoc cref="TryMerge"/>
    /// <exception cref="InputException">A file does not go with those before it, or is no sound state file.</exception>
    public static EvaluationState Merge(
        IEnumerable<string> paths,
        bool allowDuplicates = false,
        CancellationToken cancel = default,
        Action<string>? tell = null
    ) => Reading.OrThrow(TryMerge(paths, allowDuplicates, cancel, tell));

    private static Fin<Loaded> Merge(Loaded before, Loaded file)
    {
        var (a, b) = (before.State, file.State);
        if (a.HasMaps != b.HasMaps)
            return new InputError(file.Path, $"holds {Kind(b)}, and {before.Path} {Kind(a)}; {Kinds}");
        if (a.LowerIsAnomalous != b.LowerIsAnomalous)
            return new InputError(file.Path, $"was evaluated {Side(b)} --lower-is-anomalous, and {before.Path} {Side(a)} it; {Kinds}");
        if (NoteCounts.Merge(a.Notes, b.Notes).MasksDiffer)
            return new InputError(
                file.Path,
                $"has masks of 0 and {Convention(b)}, and {before.Path} of 0 and {Convention(a)}: one of them may mean something else; evaluate with --mask-threshold"
            );
        if (NoteCounts.Merge(a.Notes, b.Notes).MasksMix)
            return new InputError(
                file.Path,
                $"has masks that are read by {Numbers(b)}, and {before.Path} by {Numbers(a)}: a threshold means one of the two; save all masks in one form and evaluate again"
            );
        if (a.HasMaps && HasImages(a) && HasImages(b) && a.Notes.ImageScores != b.Notes.ImageScores)
            return new InputError(
                file.Path,
                $"has image scores by {b.Notes.ImageScores}, and {before.Path} by {a.Notes.ImageScores} (--image-score, --image-scores); {Kinds}"
            );
        return a.Rows + b.Rows > Envelope.MaxRows
            ? new InputError(file.Path, "brings the rows above 2^53, more than a state file may hold")
            : new Loaded(before.Path, EvaluationState.Merge(a, b), default);
    }

    private static string Kind(EvaluationState state) => state.HasMaps ? "maps with masks" : "scores without maps";

    private static string Convention(EvaluationState state) => state.Notes[NoteKind.MaskOfOne] > 0 ? "1" : "255";

    /// <summary>Whether some image has a score; one of which all is left out has none.</summary>
    private static bool HasImages(EvaluationState state) =>
        state switch
        {
            EvaluationState.Exact exact => exact.Images.Rows > 0,
            EvaluationState.Bounded bounded => bounded.Images.Rows > 0,
            _ => true,
        };

    /// <summary>Writes a state into a file, whole or not at all; what stood there before is replaced.</summary>
    /// <param name="path">Where to; missing folders are made.</param>
    /// <param name="state">The state: <c>EvaluationState.Of(batch)</c>, or several of them merged.</param>
    /// <exception cref="InputException">The file cannot be written; the message says why.</exception>
    public static void Write(string path, EvaluationState state) => Reading.OrThrow(AtomicFiles.Write((path, Content(state))));

    private static string Numbers(EvaluationState state) =>
        state.Notes[NoteKind.MaskByIndex] > 0 ? "the indices of their palettes" : "their values";

    private static string Side(EvaluationState state) => state.LowerIsAnomalous ? "with" : "without";

    private static Fin<Loaded> Load(string path) =>
        Reading.Try(
            path,
            () =>
            {
                using var stream = Reading.Open(path);
                if (stream.Length > System.Array.MaxLength)
                    throw new InputException(path, "is larger than 2 GiB, the most that a state file may be");
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                var state = EvaluationState
                    .Codec.Decode(bytes)
                    .Match(state => state, faults => throw new InputException(path, Sentence(faults.Head)));
                return new Loaded(path, state, Identity(state, bytes));
            }
        );

    /// <summary>
    /// Says whether two files are of the same data, of which one may keep the images and the other not. The decoder has checked the checksum: it
    /// stands for all other bytes.
    /// </summary>
    private static (ulong Checksum, long Length) Identity(EvaluationState state, byte[] bytes)
    {
        var counted = state is EvaluationState.Exact { Kept.IsSome: true } exact
            ? EvaluationState.Codec.Encode(exact with { Kept = Option<ImageState>.None })
            : bytes;
        return (BitConverter.ToUInt64(counted.AsSpan(^8)), counted.Length);
    }

    private static string Sentence(Fault fault) => fault is Fault.NotAState ? $"is not a state file: {fault.Message}" : fault.Message;

    /// <summary>What was read; the content's checksum and length say whether two files are the same.</summary>
    private sealed record Loaded(string Path, EvaluationState State, (ulong Checksum, long Length) Content);
}
