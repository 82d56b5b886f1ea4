using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Which files to judge, as the user named them.</summary>
internal sealed record EvaluateInput(
    Option<string> Folder,
    Option<string> Maps,
    Option<string> Masks,
    Option<string> ImageScores,
    Option<string> Scores,
    string ScoreColumn,
    string LabelColumn,
    Option<string> PositiveLabel,
    Option<int> MaskThreshold,
    bool LowerIsAnomalous
)
{
    /// <summary>The data's name in the report.</summary>
    public string Title => (Folder | Scores | Maps).Map(path => Path.GetFileName(Path.TrimEndingDirectorySeparator(path))).IfNone("");

    /// <summary>Reads everything once and gives the state of all scores.</summary>
    public Fin<EvaluationState> Read(Progress progress, CancellationToken cancel) => Read(.., progress, cancel);

    /// <summary>Reads some of the images once, or all rows, and gives the state of their scores.</summary>
    public Fin<EvaluationState> Read(Range images, Progress progress, CancellationToken cancel) =>
        Read(
            images,
            (RegionState.Empty, RegionState.Of, RegionState.Merge),
            (rows, pixels) => new EvaluationState(RankState.Of(rows), pixels, LowerIsAnomalous),
            progress,
            cancel
        );

    /// <summary>Reads everything once and gives the state in 2^bits buckets, whose size does not grow with the data.</summary>
    public Fin<BoundedEvaluationState> ReadBounded(int bits, Progress progress, CancellationToken cancel) =>
        Read(
            ..,
            (BoundedRegionState.Empty, batch => BoundedRegionState.Of(batch, bits), BoundedRegionState.Merge),
            (rows, pixels) => new BoundedEvaluationState(BoundedRankState.Of(rows, bits), pixels, LowerIsAnomalous),
            progress,
            cancel
        );

    /// <summary>How many images there are; none when there are rows without maps.</summary>
    public Fin<Option<int>> Images => Open(data => FinSucc(Some(data.Count)), _ => FinSucc(Option<int>.None));

    /// <summary>Whether these are maps that it costs less to read twice than to hold.</summary>
    public bool IsRawStack => Open(data => FinSucc(data.IsRawStack), _ => FinSucc(false)).IfFail(false);

    /// <summary>Opens what was named: maps with masks, or a file of rows.</summary>
    public Fin<T> Open<T>(Func<MapDataset, Fin<T>> maps, Func<string, Fin<T>> rows) =>
        (Folder.Case, Maps.Case, Masks.Case, Scores.Case) switch
        {
            (string root, null, null, null) => MapDataset.OpenFolder(root, MaskThreshold).Bind(maps),
            (null, string path, string masks, null) => MapDataset.Open(path, masks, MaskThreshold).Bind(maps),
            (null, null, null, string file) when ImageScores.IsNone => rows(file),
            (null, string, null, null) => Error.New("--maps needs --masks as well"),
            (null, null, string, null) => Error.New("--masks needs --maps as well"),
            (null, null, null, null) => Error.New("nothing to evaluate: give DIR, or --maps and --masks, or --scores"),
            _ => Error.New("give one of DIR, --maps with --masks, or --scores (--image-scores goes with maps)"),
        };

    private Fin<TState> Read<TPixels, TState>(
        Range images,
        (TPixels Empty, Func<MapBatch, TPixels> Of, Func<TPixels, TPixels, TPixels> Merge) kept,
        Func<ScoreBatch, Option<TPixels>, TState> finish,
        Progress progress,
        CancellationToken cancel
    )
        where TPixels : notnull =>
        Open(data => ReadMaps(data, images, kept, finish, progress, cancel), file => ReadScores(file, rows => finish(rows, None), cancel));

    private Fin<TState> ReadScores<TState>(string file, Func<ScoreBatch, TState> finish, CancellationToken cancel) =>
        ScoreFile
            .ReadLabelled(file, ScoreColumn, LabelColumn, PositiveLabel, cancel)
            .Map(batch => finish(LowerIsAnomalous ? batch.Negated : batch));

    private Fin<TState> ReadMaps<TPixels, TState>(
        MapDataset data,
        Range images,
        (TPixels Empty, Func<MapBatch, TPixels> Of, Func<TPixels, TPixels, TPixels> Merge) kept,
        Func<ScoreBatch, Option<TPixels>, TState> finish,
        Progress progress,
        CancellationToken cancel
    )
        where TPixels : notnull
    {
        var given = GivenScores(data, cancel);
        if (given.IsFail)
            return given.Map(_ => default(TState)!);
        var (pixels, scores, anomalous) = (kept.Empty, new List<double>(), new List<bool>());
        foreach (
            var part in progress.Over(
                data.Read(images, cancel),
                data.Count,
                "reading maps",
                part => part.Map(maps => maps.Names.Length).IfFail(0)
            )
        )
        {
            if (part.Case is not LabelledMaps maps)
                return part.Map(_ => default(TState)!);
            var batch = LowerIsAnomalous ? maps.Batch.Negated : maps.Batch;
            pixels = kept.Merge(pixels, kept.Of(batch));
            scores.AddRange(batch.ImageScores);
            anomalous.AddRange(maps.Anomalous);
        }
        return given
            .Bind(own => ImageRows(own.Map(values => values.AsSpan()[images].ToArray()), scores, anomalous))
            .Map(rows => finish(rows, Some(pixels)));
    }

    /// <summary>The scores of the images where there is a file of them.</summary>
    public Fin<Option<ImmutableArray<double>>> GivenScores(MapDataset data, CancellationToken cancel) =>
        ImageScores.Map(path => ScoreFile.ReadImageScores(path, data.Names, cancel)).Sequence();

    /// <summary>The images as rows. Scores that were given still have the user's sign; those taken from the maps are turned already.</summary>
    public Fin<ScoreBatch> ImageRows(Option<double[]> given, List<double> fromMaps, List<bool> anomalous) =>
        given.Match(own => Rows(own, anomalous).Map(rows => LowerIsAnomalous ? rows.Negated : rows), () => Rows([.. fromMaps], anomalous));

    private static Fin<ScoreBatch> Rows(double[] scores, List<bool> anomalous) =>
        ScoreBatch
            .Create(scores, anomalous.ToArray())
            .Match(Fin<ScoreBatch>.Succ, faults => Error.New("image scores: " + faults.Head.Message));
}
