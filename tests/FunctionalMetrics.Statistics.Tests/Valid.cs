using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>Values that must be there.</summary>
internal static class Valid
{
    public static T Of<T>(Fin<T> result) => result.IfFail(error => throw new InvalidOperationException(error.Message));

    public static PairedRows Rows(bool[] labels, params double[][] models) =>
        PairedRows.Create(labels, models).Match(rows => rows, faults => throw new InvalidOperationException(string.Join("; ", faults)));

    public static RankState Ranks(double[] scores, bool[] labels) =>
        RankState.Of(
            ScoreBatch
                .Create(scores, labels)
                .Match(batch => batch, faults => throw new InvalidOperationException(string.Join("; ", faults)))
        );

    /// <summary>Images of one row of pixels each, named by their numbers.</summary>
    public static ImageState Images(double[][] scores, bool[][] masks) =>
        scores
            .Zip(masks)
            .Select((image, i) => Image(image.Item1, image.Item2, FormattableString.Invariant($"{i:000}.png")))
            .Aggregate(ImageState.Empty, ImageState.Merge);

    public static ImageState Image(double[] scores, bool[] mask, string? name, bool? isAnomalous = null) =>
        ImageState.Of(
            MapBatch
                .Create(scores, mask, new MapShape(1, 1, scores.Length))
                .Bind(batch => batch.WithImages([new(Prelude.Optional(name), Prelude.Optional(isAnomalous))]))
                .Match(batch => batch, faults => throw new InvalidOperationException(string.Join("; ", faults)))
        );

    public static PairedImages Pair(ImageState a, ImageState b) => Of(PairedImages.Create(("a", a), ("b", b)));
}
