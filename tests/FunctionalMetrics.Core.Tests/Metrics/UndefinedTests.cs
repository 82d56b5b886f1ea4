using LanguageExt.Common;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Every metric before any row, of one class, of the other, and of one row: a number or a typed error, never NaN or an exception.</summary>
public class UndefinedTests
{
    private static readonly Dictionary<string, Needs> Table = new()
    {
        ["AUROC"] = new(Missing.AnomalousRow, Missing.AnomalousRow, Missing.NormalRow),
        ["AUPR"] = new(Missing.AnomalousRow, Missing.AnomalousRow, null),
        ["average precision"] = new(Missing.AnomalousRow, Missing.AnomalousRow, null),
        ["optimal F1"] = new(Missing.AnomalousRow, Missing.AnomalousRow, null),
        ["adaptive threshold"] = new(null, null, null),
        ["AU-sPRO"] = new(Missing.Defect, Missing.Defect, Missing.NormalPixel),
        ["AUPRO"] = new(Missing.Region, Missing.Region, Missing.NormalPixel),
        ["AUPIMO"] = new(Missing.Region, Missing.Region, Missing.NormalImage),
        ["bounded AUROC"] = new(Missing.AnomalousRow, Missing.AnomalousRow, Missing.NormalRow),
        ["bounded AUPR"] = new(Missing.AnomalousRow, Missing.AnomalousRow, null),
        ["bounded average precision"] = new(Missing.AnomalousRow, Missing.AnomalousRow, null),
        ["bounded optimal F1"] = new(Missing.AnomalousRow, Missing.AnomalousRow, null),
        ["bounded AUPRO"] = new(Missing.Region, Missing.Region, Missing.NormalPixel),
        ["AUPR-IN"] = new(Missing.NormalRow, null, Missing.NormalRow),
        ["bounded AUPR-IN"] = new(Missing.NormalRow, null, Missing.NormalRow),
        ["precision at n"] = new(Missing.Row, null, null),
        ["bounded precision at n"] = new(Missing.Row, null, null),
        ["rates at threshold"] = new(null, null, null),
        ["threshold by f1"] = new(Missing.AnomalousRow, Missing.AnomalousRow, Missing.NormalRow),
        ["MinMax"] = new(Missing.Score, null, null),
        ["anomaly score distribution"] = new(Missing.Score, null, null),
    };

    /// <summary>Those of an operating point or of an area under the ROC curve.</summary>
    private static readonly string[] OfBothClasses =
    [
        "TPR at FPR",
        "FPR at TPR",
        "TNR at FNR",
        "recall at precision",
        "precision at recall",
        "partial AUROC",
        "log AUROC",
        "equal error rate",
    ];

    public static TheoryData<string> Metrics => MetricCatalog.Names;

    [Theory, MemberData(nameof(Metrics))]
    public void Before_any_row(string name) => Check(name, Sample.Empty, 0, needs => needs.OfNothing);

    [Theory, MemberData(nameof(Metrics))]
    public void Of_normal_rows_only(string name) => Check(name, Of(4, false), 4, needs => needs.OfNormalRows);

    [Theory, MemberData(nameof(Metrics))]
    public void Of_anomalous_rows_only(string name) => Check(name, Of(4, true), 4, needs => needs.OfAnomalousRows);

    [Theory, MemberData(nameof(Metrics))]
    public void Of_one_normal_row(string name) => Check(name, Of(1, false), 1, needs => needs.OfNormalRows);

    [Theory, MemberData(nameof(Metrics))]
    public void Of_one_anomalous_row(string name) => Check(name, Of(1, true), 1, needs => needs.OfAnomalousRows);

    [Trait("Category", "Slow")]
    [Theory, MemberData(nameof(Metrics))]
    public void Of_any_data_the_answer_is_finite_numbers_or_a_typed_error(string name) =>
        ForAll.Samples(
            (sample, _) =>
            {
                if (MetricCatalog.Named(name).Result(sample) is Error error)
                    Assert.IsAssignableFrom<MetricError>(error);
                foreach (var entry in MetricCatalog.Named(name).Answer(sample).Entries)
                    Assert.True(entry.IsThreshold ? !double.IsNaN(entry.Number) : double.IsFinite(entry.Number), $"{entry}");
            }
        );

    [Fact]
    public void Scores_of_0_or_below_have_no_logarithm_and_are_counted()
    {
        var sample = new Sample([new(1, false), new(0, false), new(-0.0, true), new(-2, false)], []);
        Assert.Equal(
            new NonPositiveScores("anomaly score distribution", 3, 4),
            MetricCatalog.Named("AnomalyScoreDistribution.Metric").Result(sample)
        );
        Assert.Equal(
            new NonPositiveScores("anomaly score distribution", 1, 2),
            MetricCatalog.Named("AnomalyScoreDistribution.OfMaps").Result(new([], [new(1, 2, [0, 1], [false, false])]))
        );
    }

    [Fact]
    public void Maps_of_several_shapes_are_named_in_ascending_order()
    {
        var sample = new Sample([], [new(2, 1, [1, 1], [false, false]), new(1, 2, [1, 1], [false, false])]);
        Assert.Equal(
            new SeveralShapes("anomaly score distribution", new([(1, 2), (2, 1)])),
            MetricCatalog.Named("AnomalyScoreDistribution.OfMaps").Result(sample)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.0000001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_limit_outside_its_range_is_an_error_that_names_it(double limit)
    {
        var one = Batching.Images([new(1, 2, [0.25, 0.5], [false, true])]);
        Assert.Equal(new OutOfRange("the FPR limit", limit, "(0, 1]"), Aupro.UpTo(limit).Run([one]).Match<object>(x => x, e => e));
        Assert.True(Aupro.Metric.Run([one]).Bind(curve => curve.UpTo(limit)).IsFail);
        Assert.True(Auroc.Metric.Run([one.Pixels]).Bind(curve => curve.PartialArea(limit)).IsFail);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_default_threshold_that_is_not_finite_is_an_error(double value) =>
        Assert.True(AdaptiveThreshold.WithDefault(value).Run([]).IsFail);

    [Fact]
    public void An_error_reads_as_one_sentence_that_names_the_metric_the_class_and_the_rows()
    {
        Assert.Equal("AUROC is undefined: there is no normal row (rows seen: 4)", Error(Of(4, true), "Auroc.Metric"));
        Assert.Equal("AUPRO is undefined: there is no region of anomalous pixels (rows seen: 0)", Error(Sample.Empty, "Aupro.Metric"));
    }

    private static string? Error(Sample sample, string metric) => MetricCatalog.Named(metric).Result(sample).ToString();

    private static Sample Of(int count, bool label) =>
        new(
            [.. Enumerable.Range(1, count).Select(i => new Row(i / 8.0, label))],
            [new(1, count, [.. Enumerable.Range(1, count).Select(i => i / 8.0)], [.. Enumerable.Repeat(label, count)])]
        );

    private static void Check(string name, Sample sample, long rows, Func<Needs, Missing?> missing)
    {
        var metric = MetricCatalog.Named(name);
        var needs =
            Table.GetValueOrDefault(metric.Declared)
            ?? (OfBothClasses.Contains(metric.Declared.Replace("bounded ", "", StringComparison.Ordinal)) ? Table["AUROC"] : null);
        Assert.True(needs is not null, $"{metric.Declared} has no row in the table of what metrics need");
        // A parameter that does not go with the other, or with so few rows, comes first.
        if (metric.Result(sample) is OutOfRange)
            return;
        if (missing(needs) is { } unseen)
            Assert.Equal(new Undefined(metric.Declared, unseen, rows), metric.Result(sample));
        else
            Assert.IsNotAssignableFrom<Error>(metric.Result(sample));
        Assert.DoesNotContain(metric.Answer(sample).Entries, entry => entry.Text is null && double.IsNaN(entry.Number));
    }

    /// <summary>What is missing before any row, among normal rows only, and among anomalous rows only; null where nothing is.</summary>
    private sealed record Needs(Missing? OfNothing, Missing? OfNormalRows, Missing? OfAnomalousRows);
}
