using System.Globalization;
using System.Text.RegularExpressions;
using FunctionalMetrics.Core;
using FunctionalMetrics.Interactive;
using LanguageExt;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Plotly.NET;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>What a notebook shows of a value once the formatters are registered, as the package's extension does.</summary>
[Collection(nameof(Console))]
public sealed class FormatterTests
{
    private const string Chart = "data-functional-metrics=";

    private static readonly ScoreBatch Rows = ScoreBatch
        .Create((double[])[0.125, 0.5, 0.375, 0.75], (bool[])[false, false, true, true])
        .Match(batch => batch, _ => throw new InvalidOperationException());

    private static readonly MapBatch Maps = MapBatch
        .Create((double[])[0.125, 0.5, 0.375, 0.75], (bool[])[false, false, true, true], new MapShape(1, 2, 2))
        .Match(batch => batch, _ => throw new InvalidOperationException());

    /// <summary>Enough rows for every metric with its usual parameters.</summary>
    private static readonly double[] ManyScores =
    [
        .. Enumerable.Range(0, 1012).Select(i => i < 1000 ? (i + 1) / 1024.0 : 0.5 + (i - 1000) / 16.0),
    ];

    private static readonly bool[] ManyLabels = [.. Enumerable.Range(0, 1012).Select(i => i >= 1000)];

    private static readonly ScoreBatch ManyRows = ScoreBatch
        .Create(ManyScores, ManyLabels)
        .Match(batch => batch, _ => throw new InvalidOperationException());

    private static readonly MapBatch ManyPixels = MapBatch
        .Create(ManyScores, ManyLabels, new MapShape(1, 22, 46))
        .Match(batch => batch, _ => throw new InvalidOperationException());

    /// <summary>A normal map of so many pixels that small false positive rates are there.</summary>
    private static readonly MapBatch LargeNormalMap = MapBatch
        .Create((float[])[.. Enumerable.Range(0, 100_000).Select(i => i == 0 ? 9f : 2f)], new bool[100_000], new MapShape(1, 400, 250))
        .Match(batch => batch, _ => throw new InvalidOperationException());

    private static readonly DefectBatch OneDefect = Defect
        .Create(
            new bool[,]
            {
                { true, true, false },
            },
            SaturationThreshold.Pixels(1)
        )
        .Bind(defect =>
            DefectBatch.Create(
                new float[,]
                {
                    { 2, 1, 0 },
                },
                [defect]
            )
        )
        .Match(batch => batch, _ => throw new InvalidOperationException());

    public FormatterTests() => NotebookExtension.Register();

    /// <summary>Every class of metrics that the shell has, with its usual parameters and no data.</summary>
    public static TheoryData<Type> Metrics =>
        [
            .. typeof(IMetric)
                .Assembly.GetExportedTypes()
                .Where(type => type.IsAssignableTo(typeof(IMetric)) && type is { IsAbstract: false, IsClass: true }),
        ];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_metric_is_displayed_as_its_chart_and_its_numbers(Type type)
    {
        var metric = Updated(Empty(type));
        var html = Html(metric);
        Assert.Equal(HasChart(metric), html.Contains(Chart, StringComparison.Ordinal));
        Assert.All(
            metric.Numbers(),
            number =>
                Assert.Matches($"<td( title=\"{Regex.Escape(Exact(number.Value))}\">[^<]+|>{Regex.Escape(Exact(number.Value))})</td>", html)
        );
        Assert.Contains($"<strong>{metric.Name}: ", html, StringComparison.Ordinal);
        Assert.Equal(html, Html(metric));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_metric_without_data_is_displayed_as_its_reason_or_as_a_default(Type type)
    {
        var metric = Empty(type);
        var html = Html(metric);
        if (type.Name.Contains("AdaptiveThreshold", StringComparison.Ordinal))
            Assert.Contains("<th scope=\"row\">is default</th><td>yes</td>", html, StringComparison.Ordinal);
        else if (metric.Numbers() is { Count: > 0 } numbers && numbers.Any(number => number.Reason is null))
            Assert.StartsWith($"<p><strong>{metric.Name}: ", html, StringComparison.Ordinal);
        else
        {
            Assert.DoesNotContain(Chart, html, StringComparison.Ordinal);
            Assert.StartsWith($"<p>{metric.Name} is undefined: ", html, StringComparison.Ordinal);
        }
    }

    /// <summary>Whether its figure shows more than the numbers in a table, which the display has anyway.</summary>
    private static bool HasChart(IMetric metric) => GenericChart.getTraces(metric.Figure().Chart).Any(trace => trace.type != "table");

    [Fact]
    public void Results_are_displayed_alike_from_every_surface()
    {
        var state = RankState.Of(Rows);
        var roc = Auroc.Metric.Compute(state);
        var html = Html(roc);
        Assert.StartsWith("<p><strong>ROC curve</strong></p>\n<table>\n<tbody>\n<tr><th scope=\"row\">area</th><td>0.75</td></tr>", html);
        Assert.Contains(Chart, html, StringComparison.Ordinal);
        Assert.Equal(html, Html(roc.Match(curve => curve, error => throw error.ToException())));
        Assert.Equal(html, Html(new AurocMetric().Update(Rows).Result()));
        Assert.Equal(html, Html(FSharp.Auroc.compute(state)));
        Assert.Equal(html, Html(FSharp.Auroc.compute(state).ResultValue));
        Assert.Equal("ROC curve\narea: 0.75", Text(roc));
    }

    [Fact]
    public void What_was_wrong_is_displayed_as_sentences()
    {
        Assert.Equal("<p>AUROC is undefined: there is no anomalous row (rows seen: 0)</p>\n", Html(Auroc.Metric.Compute(RankState.Empty)));
        Assert.Equal(Html(Auroc.Metric.Compute(RankState.Empty)), Html(FSharp.Auroc.compute(RankState.Empty)));
        var faults = ScoreBatch.Create((double[])[double.NaN], (bool[])[false, true]);
        Assert.Equal(2, Html(faults).Split("<p>").Length - 1);
        var create = typeof(FSharp.Batches).GetMethod("ScoreBatch.create.Static", [typeof(double[]), typeof(bool[])])!;
        Assert.Equal(Html(faults), Html(create.Invoke(null, [(double[])[double.NaN], (bool[])[false, true]])!));
    }

    [Fact]
    public void Counts_charts_figures_and_evaluators_are_displayed_too()
    {
        Assert.Contains("<th scope=\"row\">true positives</th><td>1</td>", Html(RankState.Of(Rows).At(0.6)), StringComparison.Ordinal);
        Assert.Equal(Html(RankState.Of(Rows).At(0.6)), Html(new AurocMetric().Update(Rows).At(0.6)));
        Assert.Contains(Chart, Html(Charts.ScoreHistogram(RankState.Of(Rows))), StringComparison.Ordinal);
        var figure = new AurocMetric().Update(Rows).Figure() with { Title = "<b>" };
        Assert.StartsWith("<p><strong>&lt;b&gt;</strong></p>", Html(figure), StringComparison.Ordinal);
        var evaluator = new Evaluator([new AurocMetric()]).UpdateImages(Rows);
        Assert.Contains("<th scope=\"row\">image_AUROC</th><td>0.75</td>", Html(evaluator), StringComparison.Ordinal);
        Assert.Equal(Html(evaluator), Html(evaluator.Compute()));
        Assert.Equal(evaluator.Compute().Markdown, Text(evaluator.Compute()));
    }

    [Fact]
    public void Other_values_are_displayed_as_before()
    {
        Assert.Equal("text", Text("text"));
        Assert.Equal("[ 1, 2 ]", Text(new[] { 1, 2 }));
        Assert.Equal("<pre>Ok 1</pre>\n", Html(FSharpResult<int, string>.NewOk(1)));
        Assert.Equal("<pre>Succ(1)</pre>\n", Html(Fin<int>.Succ(1)));
    }

    [Fact]
    public void Numbers_have_six_digits_and_all_of_them_on_hover()
    {
        var third = new AurocMetric().Update([0.5, 0.25, 0.75, 0.625], [true, false, false, false]);
        Assert.Contains("<td title=\"0.3333333333333333\">0.333333</td>", Html(third), StringComparison.Ordinal);
        Assert.Contains("area: 0.3333333333333333", Text(third), StringComparison.Ordinal);
        var nearly = new Dictionary<string, double>
        {
            ["a"] = Math.BitDecrement(1),
            ["b"] = 1,
            ["c"] = -1.5e-7,
        };
        Assert.Contains("<td title=\"0.9999999999999999\">&gt; 0.999999</td>", Html(nearly), StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">b</th><td>1</td>", Html(nearly), StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">c</th><td>-1.5E-07</td>", Html(nearly), StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_with_names_are_one_table_with_a_row_each()
    {
        var (full, empty) = (new AurocMetric().Update(Rows), new AurocMetric());
        const string Expected = """
            <table>
            <thead><tr><td></td><th scope="col">area</th></tr></thead>
            <tbody>
            <tr><th scope="row">PaDiM</th><td>0.75</td></tr>
            <tr><th scope="row">&lt;none&gt;</th><td>AUROC is undefined: there is no anomalous row (rows seen: 0)</td></tr>
            </tbody>
            </table>

            """;
        Assert.Equal(Expected, Html(new[] { ("PaDiM", full), ("<none>", empty) }));
        Assert.Equal(Expected, Html(new List<(string, IMetric)> { ("PaDiM", full), ("<none>", empty) }));
        Assert.Equal(Expected, Html(new Dictionary<string, AurocMetric> { ["PaDiM"] = full, ["<none>"] = empty }));
        Assert.Equal(
            Expected,
            Html(new OrderedDictionary<string, object> { ["PaDiM"] = full.Result(), ["<none>"] = Auroc.Metric.Compute(RankState.Empty) })
        );
        // F#'s list of tuples, of results with errors in them.
        var compute = FSharp.Auroc.compute(RankState.Of(Rows));
        var pairs = ListModule.OfSeq([Tuple.Create("PaDiM", compute), Tuple.Create("<none>", FSharp.Auroc.compute(RankState.Empty))]);
        Assert.Equal(Expected, Html(pairs));
    }

    [Fact]
    public void Different_metrics_with_names_share_their_columns()
    {
        var html = Html(
            new Dictionary<string, IMetric> { ["roc"] = new AurocMetric().Update(Rows), ["range"] = new MinMaxMetric().Update(Rows) }
        );
        Assert.Equal(1, html.Split("<th scope=\"col\">area</th>").Length - 1);
        Assert.Contains("<th scope=\"row\">range</th><td></td><td>0.125</td><td>0.75</td></tr>", html, StringComparison.Ordinal);
        var evaluation = new Evaluator([new AurocMetric()]).UpdateImages(Rows).Compute();
        Assert.Contains("<th scope=\"row\">image_AUROC</th><td>0.75</td>", Html(evaluation.Values), StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">image_AUROC</th>", Html(new[] { ("all", evaluation) }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_has_to_be_run_is_not_run_to_be_looked_at()
    {
        var runs = 0;
        var lazy = Enumerable.Range(0, 1).Select(_ => ("a", (object)++runs));
        Assert.Null(NamedRows.Table(lazy));
        Assert.Equal(0, runs);
        Assert.Null(NamedRows.Table(new Dictionary<string, string> { ["a"] = "b" }));
        Assert.Null(NamedRows.Table(new Dictionary<int, double> { [1] = 2 }));
    }

    [Fact]
    public void A_notebook_gets_both_forms()
    {
        var forms = FormattedValue.CreateManyFromObject(new AurocMetric().Update(Rows)).Select(form => form.MimeType);
        Assert.Equal(["text/html", "text/plain"], forms);
    }

    [Fact]
    public void Loading_the_extension_displays_plotly_once()
    {
        var displayed = new List<DisplayedValue>();
        using (Formatter.SubscribeToDisplayedValues(displayed.Add))
            NotebookExtension.Load();
        var html = Assert.Single(Assert.Single(displayed).FormattedValues);
        Assert.Equal("text/html", html.MimeType);
        Assert.Contains("plotly.js v2.28.0", html.Value, StringComparison.Ordinal);
    }

    private static IMetric Empty(Type type) =>
        (IMetric)
            type.GetConstructors()
                .Single()
                .Invoke([.. type.GetConstructors().Single().GetParameters().Select(parameter => parameter.DefaultValue)]);

    private static IMetric Updated(IMetric metric) =>
        metric is AupimoMetric overlap ? overlap.Update(ManyPixels).Update(ManyPixels).Update(LargeNormalMap)
        : metric is AuSproMetric saturated ? saturated.Update(OneDefect)
        : metric.GetType().GetMethod("Update", [typeof(ScoreBatch)]) is { } ofRows ? (IMetric)ofRows.Invoke(metric, [ManyRows])!
        : (IMetric)metric.GetType().GetMethod("Update", [typeof(MapBatch)])!.Invoke(metric, [ManyPixels])!;

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Html(object value) => value.ToDisplayString(HtmlFormatter.MimeType);

    private static string Text(object value) => value.ToDisplayString(PlainTextFormatter.MimeType);
}
