using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics;

/// <summary>One level of an evaluation: its numbers, and what was seen where there are curves to draw. What is undefined shows its reason. Immutable.</summary>
/// <param name="Title">The heading: "Image level".</param>
/// <param name="Numbers">The numbers.</param>
public sealed record ReportLevel(string Title, LevelNumbers Numbers)
{
    private const string Scores = "Scores";

    /// <summary>The scores of each class, for curves and histogram; null where they were not kept.</summary>
    public RankState? State { get; init; }

    /// <summary>The regions, where rows are pixels of maps; they bring the PRO curve.</summary>
    public RegionState? Regions { get; init; }

    /// <summary>The images by themselves, with their regions; null where they were not kept. They bring what a threshold finds of each kind of defect.</summary>
    public ImageState? Images { get; init; }

    /// <summary>How the threshold that was given was chosen, as a clause: "by max-fpr 0.01 on other data"; null where no more is known.</summary>
    public string? ThresholdRule { get; init; }

    /// <summary>How sure numbers are: the interval of each that has one, by its key. None where intervals were not asked for.</summary>
    public IReadOnlyDictionary<string, Interval> Intervals { get; init; } = ImmutableDictionary<string, Interval>.Empty;

    /// <summary>How sure the curves are, point by point; none where intervals were not asked for.</summary>
    public IReadOnlyList<CurveBand> Bands { get; init; } = [];

    /// <summary>The parameters that the curves share with the numbers.</summary>
    public EvaluationSettings Settings { get; init; } = new();

    /// <summary>Rows of labelled scores.</summary>
    public static ReportLevel OfScores(RankState state, EvaluationSettings? settings = null) => Of(Scores, state, settings);

    /// <summary>One score for each image.</summary>
    public static ReportLevel OfImages(RankState state, EvaluationSettings? settings = null) => Of("Image level", state, settings);

    /// <summary>The pixels of anomaly maps, and the regions of their masks.</summary>
    public static ReportLevel OfPixels(RegionState state, EvaluationSettings? settings = null) => OfPixels(state, None, settings ?? new());

    /// <summary>The levels of an evaluation; one in bounded memory has numbers alone.</summary>
    public static IReadOnlyList<ReportLevel> Of(EvaluationState state, EvaluationSettings? settings = null)
    {
        var chosen = (settings ?? new()) with { LowerIsAnomalous = state.LowerIsAnomalous };
        if (state is not EvaluationState.Exact(var images, var pixels, _) exact)
            return Of(state.Numbers(chosen));
        var kept = exact.Kept.OrNull(found => found);
        return
        [
            (state.HasMaps ? OfImages(images, chosen) : OfScores(images, chosen)) with
            {
                Images = kept,
            },
            .. pixels.Map(maps => OfPixels(maps, exact.Kept, chosen) with { Images = kept }).ToSeq(),
        ];
    }

    /// <summary>What a row is, and what several are.</summary>
    internal (string One, string Many) Row =>
        Numbers.Level == LevelNumbers.Pixel ? ("pixel", "pixels")
        : Title == Scores ? ("row", "rows")
        : ("image", "images");

    /// <summary>The threshold that was given for the level.</summary>
    internal double? Given => Numbers.Level == LevelNumbers.Pixel ? Settings.PixelThreshold : Settings.Threshold;

    /// <summary>The threshold that the page is opened at, as scores are ranked: the one given, or else that of the largest F1.</summary>
    internal double Start =>
        Settings.Own(
            Given
                ?? Numbers
                    .Find("adaptive_threshold")
                    .Bind(found => found.ToOption())
                    .Map(found => found.Lower)
                    .IfNone(Settings.DefaultThreshold)
        ) + 0.0;

    /// <summary>Levels of which there are numbers alone.</summary>
    public static IReadOnlyList<ReportLevel> Of(IReadOnlyList<LevelNumbers> levels) =>
        [
            .. levels.Select(level => new ReportLevel(
                level.Level == LevelNumbers.Pixel ? "Pixel level"
                    : levels.Count > 1 ? "Image level"
                    : Scores,
                level
            )),
        ];

    private static ReportLevel OfPixels(RegionState state, Option<ImageState> kept, EvaluationSettings settings) =>
        new("Pixel level", kept.Match(images => LevelNumbers.Of(images, settings), () => LevelNumbers.Of(state, settings)))
        {
            State = state.Rank,
            Regions = state,
            Settings = settings,
        };

    private static ReportLevel Of(string title, RankState state, EvaluationSettings? settings) =>
        new(title, LevelNumbers.Of(state, settings ?? new())) { State = state, Settings = settings ?? new() };
}
