using FunctionalMetrics.Core;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Tests;

/// <summary>Every kind of chart there is, on small data.</summary>
internal static class Gallery
{
    private static readonly MapBatch Maps = Samples.Maps(regions: true);

    private static readonly DefectBatch Defects = Samples.Defects();

    /// <summary>Enough rows for every metric with its usual parameters.</summary>
    private static readonly ScoreBatch Rows = Samples.Rows(1000, 60);

    /// <summary>The class of each metric.</summary>
    public static IEnumerable<Type> Metrics =>
        typeof(IMetric)
            .Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IMetric)));

    /// <summary>A metric of the class that has seen the maps, or enough rows.</summary>
    public static IMetric Seen(Type type) =>
        Activator.CreateInstance(type, [.. Defaults(type)]) switch
        {
            AupimoMetric metric => metric.Update(Maps).Update(Samples.LargeNormalMap),
            IUpdate<MapBatch, IMetric> metric => metric.Update(Maps),
            IUpdate<ScoreBatch, IMetric> metric => metric.Update(Rows),
            IUpdate<DefectBatch, IMetric> metric => metric.Update(Defects),
            var other => throw new InvalidOperationException($"{other} reads neither maps nor scores"),
        };

    public static IReadOnlyList<Figure> Figures =>
        [
            .. Metrics.Select(type => Seen(type).Figure()),
            new AnomalyScoreDistributionMetric().Update(Maps.Maps).Figure(),
            new AnomalyScoreDistributionMetric().Update(Maps.Maps).Update(Maps.Images.Scores).Figure(),
            new AnomalyScoreDistributionMetric().Update(new[] { 1.5 }).Figure(),
            FunctionalMetrics.Figures.Compare(
                ("PaDiM", new PixelAurocMetric().Update(Maps)),
                ("a detector of a long name", new PixelAurocMetric().Update(Maps.Negated))
            ),
            FunctionalMetrics.Figures.Compare(
                ("PaDiM", new PixelAuprMetric().Update(Maps)),
                ("PatchCore", new PixelAuprMetric().Update(Samples.Maps(regions: false)).Update(Maps))
            ),
            FunctionalMetrics.Figures.Compare(
                ("PaDiM", new AuproMetric().Update(Maps)),
                ("PatchCore", new AuproMetric(0.1).Update(Maps.Negated))
            ),
            new Figure("calibration", Charts.Calibration(Samples.Ranks(400, 40), 3.5)),
            new Figure("calibration of low scores", Charts.Calibration(Samples.Ranks(400, 40), -3.5, negated: true)),
            new Figure("scores", Charts.ScoreHistogram(Samples.Ranks(400, 40), 3.5)),
        ];

    private static IEnumerable<object?> Defaults(Type type) =>
        type.GetConstructors()[0].GetParameters().Select(value => value.DefaultValue);
}
