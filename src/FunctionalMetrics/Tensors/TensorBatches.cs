using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>Batches of tensors: rows of the shape (n), maps of (H, W), (N, H, W) or (N, 1, H, W); others are faults.</summary>
internal static class TensorBatches
{
    public static bool AreRows(TensorScores scores) => scores.Shape.IsRows;

    public static ScoreBatch Rows(TensorScores scores, TensorLabels labels)
    {
        Refuse(Unless(scores.Shape.IsRows, scores.Shape.NotRows("scores")), Unless(labels.Shape.IsRows, labels.Shape.NotRows("labels")));
        return ScoreBatch.Create(scores.Values, labels.Values).OrThrow();
    }

    public static MapBatch Images(TensorScores maps, TensorLabels masks)
    {
        var (shape, maskShape) = (maps.Shape.Images, masks.Shape.Images);
        Refuse(Unless(shape is not null, maps.Shape.NotImages("maps")), Unless(maskShape is not null, masks.Shape.NotImages("masks")));
        return MapBatch.Create(new MapValues(maps.Values, shape!.Value), new MaskValues(masks.Values, maskShape!.Value)).OrThrow();
    }

    public static MapBatch Images(TensorScores maps, TensorLabels masks, TensorLabels ignore)
    {
        var (shape, maskShape, ignoreShape) = (maps.Shape.Images, masks.Shape.Images, ignore.Shape.Images);
        Refuse(
            Unless(shape is not null, maps.Shape.NotImages("maps")),
            Unless(maskShape is not null, masks.Shape.NotImages("masks")),
            Unless(ignoreShape is not null, ignore.Shape.NotImages("ignore masks"))
        );
        return MapBatch
            .Create(
                new MapValues(maps.Values, shape!.Value),
                new MaskValues(masks.Values, maskShape!.Value),
                new MaskValues(ignore.Values, ignoreShape!.Value)
            )
            .OrThrow();
    }

    public static Scores Rows(TensorScores scores)
    {
        Refuse(Unless(scores.Shape.IsRows, scores.Shape.NotRows("scores")));
        return Scores.Create(scores.Values).OrThrow();
    }

    public static Maps Images(TensorScores maps)
    {
        Refuse(Unless(maps.Shape.Images is not null, maps.Shape.NotImages("maps")));
        return Maps.Create(maps.Values, maps.Shape.Images!.Value).OrThrow();
    }

    private static Fault? Unless(bool right, Fault fault) => right ? null : fault;

    private static void Refuse(params IEnumerable<Fault?> faults)
    {
        if (faults.OfType<Fault>().ToList() is { Count: > 0 } found)
            throw new InvalidBatchException([.. found]);
    }
}
