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
    public static Fin<EvaluationState> Read(this EvaluateInput input, int? bits, Progress progress, CancellationToken cancel) =>
        input.Read(.., bits, progress, cancel);

    /// <summary>Some of the images, or all rows.</summary>
    public static Fin<EvaluationState> Read(
        this EvaluateInput input,
        Range images,
        int? bits,
        Progress progress,
        CancellationToken cancel
    ) =>
        input.Open(
            data => ReadMaps(input, data, images, bits, progress, cancel),
            file =>
                ScoreFile
                    .TryReadLabelled(file, input.ScoreColumn, input.LabelColumn, input.PositiveLabels, input.NormalLabels, cancel)
                    .Map(rows => Kept(new(input.Turned(rows), LowerIsAnomalous: input.LowerIsAnomalous), bits))
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
            ({ } root, null, null, null) => MapDataset.TryOpen(root, input.Rules).Bind(maps),
            (null, { } path, { } masks, null) => MapDataset.TryOpen(path, masks, input.Rules).Bind(maps),
            (null, null, null, { } file) when input.ImageScores is null => rows(file),
            (null, { }, null, null) => Error.New("--maps needs --masks as well"),
            (null, null, { }, null) => Error.New("--masks needs --maps as well"),
            (null, null, null, null) => Error.New("nothing to evaluate: give DIR, or --maps and --masks, or --scores"),
            _ => Error.New("give one of DIR, --maps with --masks, or --scores (--image-scores goes with maps)"),
        };

    /// <summary>The scores of the images where there is a file of them.</summary>
    public static Fin<Option<ImmutableArray<double>>> GivenScores(this EvaluateInput input, MapDataset data, CancellationToken cancel) =>
        Optional(input.ImageScores)
            .Map(path => ScoreFile.TryReadImageScores(path, data.Names, input.ScoreColumn, input.FileColumn, cancel))
            .Sequence();

    /// <summary>The images as rows. Scores that were given still have the user's sign; those taken from the maps are turned already.</summary>
    public static Fin<ScoreBatch> ImageRows(this EvaluateInput input, Option<double[]> given, List<double?> fromMaps, List<bool> anomalous)
    {
        return given.Match(
            own => Rows(own, anomalous).Map(input.Turned),
            () => Rows([.. fromMaps.OfType<double>()], anomalous.Where((_, image) => fromMaps[image].HasValue))
        );

        static Fin<ScoreBatch> Rows(double[] scores, IEnumerable<bool> labels) =>
            ScoreBatch
                .Create(scores, labels.ToArray())
                .Match(Fin<ScoreBatch>.Succ, faults => Error.New("image scores: " + faults.Head.Message));
    }

    public static ScoreBatch Turned(this EvaluateInput input, ScoreBatch rows) => input.LowerIsAnomalous ? rows.Negated : rows;

    public static MapBatch Turned(this EvaluateInput input, MapBatch maps) => input.LowerIsAnomalous ? maps.Negated : maps;

    private static Fin<EvaluationState> ReadMaps(
        EvaluateInput input,
        MapDataset data,
        Range images,
        int? bits,
        Progress progress,
        CancellationToken cancel
    )
    {
        var given = input.GivenScores(data, cancel);
        if (given.IsFail)
            return given.Map(_ => EvaluationState.Empty);
        var (scores, anomalous) = (new List<double?>(), new List<bool>());
        // Also of no images there are maps.
        var state = Binned(new EvaluationState.Exact(RankState.Empty, RegionState.Empty, input.LowerIsAnomalous), bits);
        foreach (
            var part in progress.Over(
                data.TryRead(images, cancel),
                data.Count,
                "reading maps",
                part => part.Map(maps => maps.Names.Length).IfFail(0)
            )
        )
        {
            if (part.Case is not LabelledMaps maps)
                return part.Map(_ => EvaluationState.Empty);
            var batch = input.Turned(maps.Batch);
            state = EvaluationState.Merge(state, Kept(new(ScoreBatch.Empty, batch), bits));
            scores.AddRange(batch.ImageScores);
            anomalous.AddRange(maps.Anomalous);
        }
        return given
            .Bind(own => input.ImageRows(own.Map(values => values.AsSpan()[images].ToArray()), scores, anomalous))
            .Map(rows => EvaluationState.Merge(state, Kept(new(rows), bits)));
    }

    private static EvaluationState Kept(EvaluationBatch batch, int? bits) => Binned(EvaluationState.Of(batch), bits);

    private static EvaluationState Binned(EvaluationState state, int? bits) => bits is { } resolution ? state.InBins(resolution) : state;
}
