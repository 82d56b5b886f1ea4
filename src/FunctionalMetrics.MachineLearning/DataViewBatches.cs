using FunctionalMetrics.Core;
using LanguageExt;
using Microsoft.ML;

namespace FunctionalMetrics.MachineLearning;

/// <summary>
/// Batches of ML.NET data, for every metric and evaluator:
/// <code>
/// var auroc = new AurocMetric().Update(scored.ToScoreBatch());                     // the columns Score and Label
/// var evaluator = new Evaluator([new OptimalF1Metric()]).UpdateImages(scored.ToScoreBatch());
/// </code>
/// A data view is read once, and all its rows make one batch, so a fault tells the position of its row. A column that is missing or of another
/// type is an <see cref="ArgumentException"/> that says what there is.
/// </summary>
public static class DataViewBatches
{
    /// <summary>Labelled rows.</summary>
    /// <param name="rows">The data, what a trained model's <c>Transform</c> gives for instance.</param>
    /// <param name="score">The column of scores, Single or Double; large ones are anomalous.</param>
    /// <param name="label">The column of labels, Boolean (true is anomalous) or numbers 0 and 1.</param>
    /// <exception cref="InvalidBatchException">A score is not finite, or a label neither 0 nor 1; the faults say where.</exception>
    public static ScoreBatch ToScoreBatch(this IDataView rows, string score = "Score", string label = "Label")
    {
        var (scores, labels) = (new ScoreColumn(rows, score), new LabelColumn(rows, label));
        Column.Read(rows, 1, scores, labels);
        return OrThrow(ScoreBatch.Create(scores.Values, labels.Values), labels.Faults("labels", index => $"[{index}]"));
    }

    /// <summary>Rows without labels.</summary>
    /// <param name="rows">The data.</param>
    /// <param name="score">The column of scores, Single or Double.</param>
    /// <exception cref="InvalidBatchException">A score is not finite; the fault says which.</exception>
    public static Scores ToScores(this IDataView rows, string score = "Score")
    {
        var scores = new ScoreColumn(rows, score);
        Column.Read(rows, 1, scores);
        return OrThrow(Scores.Create(scores.Values));
    }

    /// <summary>Maps with masks, one of each in a row: vectors of H x W values, row by row.</summary>
    /// <param name="images">The data.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="map">The column of maps, vectors of Single or Double.</param>
    /// <param name="mask">The column of masks, vectors of Boolean or of numbers: 0 and 1, or 0 and 255.</param>
    /// <param name="ignore">The column of ignore masks, vectors as masks are, whose true pixels are left out; none where it is null.</param>
    /// <exception cref="InvalidBatchException">A score is not finite, or a label neither 0 nor 1; the faults say where.</exception>
    public static MapBatch ToMapBatch(
        this IDataView images,
        int height,
        int width,
        string map = "Map",
        string mask = "Mask",
        string? ignore = null
    )
    {
        var (maps, masks) = (new ScoreColumn(images, map), new LabelColumn(images, mask, areMasks: true));
        var ignored = ignore is null ? null : new LabelColumn(images, ignore, areMasks: true);
        Column.Read(images, checked(height * width), [maps, masks, .. ignored is null ? [] : (LabelColumn[])[ignored]]);
        var shape = new MapShape(maps.Values.Count / Math.Max(1, height * width), height, width);
        return OrThrow(
            ignored is null
                ? MapBatch.Create(maps.Values, masks.Values, shape)
                : MapBatch.Create(maps.Values, masks.Values, ignored.Values, shape),
            masks.Faults("masks", Place) + (ignored?.Faults("ignore masks", Place) ?? default)
        );

        string Place(int index) => $"[{index / (height * width)}, {index / width % height}, {index % width}]";
    }

    private static T OrThrow<T>(Validation<Fault, T> batch, Seq<Fault> more = default) =>
        batch.Match(
            made => more.IsEmpty ? made : throw new InvalidBatchException([.. more]),
            faults => throw new InvalidBatchException([.. faults + more])
        );
}
