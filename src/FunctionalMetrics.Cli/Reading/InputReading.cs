using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Reads what was named once, and keeps a state of it.</summary>
internal static class InputReading
{
    /// <summary>All of it.</summary>
    /// <param name="input">The files.</param>
    /// <param name="bits">In 2^bits bins, in a size that does not grow with the data; exactly without.</param>
    /// <param name="progress">Shows how far it is.</param>
    /// <param name="cancel">Looked at before each batch.</param>
    /// <param name="keepsImages">Whether each image is kept by itself.</param>
    public static Fin<EvaluationState> Read(
        this EvaluateInput input,
        int? bits,
        Progress progress,
        CancellationToken cancel,
        bool keepsImages = false
    ) => input.Read(.., bits, progress, cancel, keepsImages);

    /// <summary>Some of the images, or all rows.</summary>
    public static Fin<EvaluationState> Read(
        this EvaluateInput input,
        Range images,
        int? bits,
        Progress progress,
        CancellationToken cancel,
        bool keepsImages = false
    ) =>
        input.Open(
            data => ReadMaps(input, data, images, bits, keepsImages, progress, cancel),
            file =>
                (
                    input.RowsAreNormal
                        ? ScoreFile.TryReadNormal(file, input.ScoreColumn, cancel)
                        : input.Table(file, [], cancel).Map(table => new LabelledRows(table.Batch, table.Notes))
                ).Map(rows => Kept(input.Rows(rows.Batch, rows.Notes), bits))
        );

    /// <summary>How many images there are; none when there are rows without maps.</summary>
    public static Fin<Option<int>> Images(this EvaluateInput input) =>
        input.Open(data => FinSucc(Some(data.Count)), _ => FinSucc(Option<int>.None));

    /// <summary>Whether these are maps that it costs less to read twice than to hold.</summary>
    public static bool IsRawStack(this EvaluateInput input) =>
        input.Open(data => FinSucc(data.IsRawStack), _ => FinSucc(false)).IfFail(false);

    /// <summary>Opens what was named: maps with masks, or a file of rows.</summary>
    public static Fin<T> Open<T>(this EvaluateInput input, Func<MapDataset, Fin<T>> maps, Func<string, Fin<T>> rows) =>
        (input.Folder, input.Maps, input.Masks, input.Scores) switch
        {
            _ when input is { ResizeMasks: true, ResizeMaps: true } => Error.New("--resize-masks and --resize-maps do not go together"),
            ({ } root, null, null, null) when MapDataset.LacksMasks(root) => input
                .Normal(root, () => MapDataset.TryOpen(root, input.Rules))
                .Bind(maps),
            ({ } root, null, null, null) => MapDataset.TryOpen(root, input.Rules).Bind(maps),
            (null, { } path, { } masks, null) => MapDataset.TryOpen(path, masks, input.Rules).Bind(maps),
            (null, null, null, { } file) when input.ImageScores is null => rows(file),
            (null, { } path, null, null) when input.ImageLabels is not null => MapDataset.TryOpen(path, null, input.Rules).Bind(maps),
            (null, { } path, null, null) => input
                .Normal(
                    path,
                    () =>
                        Error.New(
                            "--maps needs --masks as well (or --image-labels, for the image level alone; maps of normal images alone lie in a folder good, ok or normal, or --unmasked normal says so)"
                        )
                )
                .Bind(maps),
            (null, null, { }, null) => Error.New("--masks needs --maps as well"),
            (null, null, null, null) => Error.New("nothing to evaluate: give DIR, or --maps and --masks, or --scores"),
            _ => Error.New("give one of DIR, --maps with --masks, or --scores (--image-scores goes with maps)"),
        };

    /// <summary>Maps without masks: of normal images alone, or what is wrong, which is another thing where only those are looked for.</summary>
    private static Fin<MapDataset> Normal(this EvaluateInput input, string path, Func<Fin<MapDataset>> otherwise) =>
        MapDataset.TryOpenNormal(path, input.Rules).Match(FinSucc, wrong => input.AreNormalAlone ? wrong : otherwise());

    /// <summary>A file of rows, with further columns.</summary>
    public static Fin<LabelledTable> Table(this EvaluateInput input, string file, IEnumerable<string> columns, CancellationToken cancel) =>
        ScoreFile.TryReadTable(file, input.ScoreColumn, input.LabelColumn, input.PositiveLabels, input.NormalLabels, columns, cancel);

    public static EvaluationBatch Rows(this EvaluateInput input, ScoreBatch rows, NoteCounts notes) =>
        new(input.Turned(rows), LowerIsAnomalous: input.LowerIsAnomalous) { Notes = notes };

    public static ScoreBatch Turned(this EvaluateInput input, ScoreBatch rows) => input.LowerIsAnomalous ? rows.Negated : rows;

    public static MapBatch Turned(this EvaluateInput input, MapBatch maps) => input.LowerIsAnomalous ? maps.Negated : maps;

    private static Fin<EvaluationState> ReadMaps(
        EvaluateInput input,
        MapDataset data,
        Range images,
        int? bits,
        bool keepsImages,
        Progress progress,
        CancellationToken cancel
    )
    {
        var collected = ImageRows.Begin(input, data, images, cancel);
        if (collected.Case is not ImageRows rows)
            return collected.Map(_ => EvaluationState.Empty);
        // Also of no images there are maps.
        EvaluationState state = new EvaluationState.Exact(
            RankState.Empty,
            data.HasMasks ? RegionState.Empty : Option<RegionState>.None,
            input.LowerIsAnomalous
        )
        {
            Kept = data.HasMasks && keepsImages ? ImageState.Empty : Option<ImageState>.None,
        };
        state = Binned(state, bits);
        foreach (var part in progress.Over(data.TryRead(images, cancel), data.Count, "reading maps", part => part.Map(Images).IfFail(0)))
        {
            if (part.Case is not LabelledMaps maps)
                return part.Map(_ => EvaluationState.Empty);
            var batch = rows.Add(maps);
            if (data.HasMasks)
                state = EvaluationState.Merge(state, Kept(new(ScoreBatch.Empty, batch) { KeepsImages = keepsImages }, bits));
        }
        return rows.ToBatch().Map(batch => EvaluationState.Merge(state, Kept(batch, bits)));
    }

    private static int Images(LabelledMaps maps) => maps.Images.Length;

    private static EvaluationState Kept(EvaluationBatch batch, int? bits) => Binned(EvaluationState.Of(batch), bits);

    private static EvaluationState Binned(EvaluationState state, int? bits) => bits is { } resolution ? state.InBins(resolution) : state;
}
