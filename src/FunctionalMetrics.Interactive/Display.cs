using System.IO.Hashing;
using System.Net;
using System.Text;
using FunctionalMetrics.Core;
using LanguageExt;
using Plotly.NET;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Interactive;

/// <summary>A value as a notebook shows it: a piece of HTML, and text for where that is not shown. Equal values give equal pieces.</summary>
internal sealed record Display(string Html, string Text)
{
    /// <summary>
    /// The display of a value of this house, of the F# form of one, or of a success or failure with such values inside; that of any other is its
    /// text.
    /// </summary>
    public static Display Of(object value) =>
        value switch
        {
            IMetric metric => OfMetric(metric, figure => figure.Title),
            Figure figure => new(Heading(figure.Title) + Chart(figure.Chart), figure.Title),
            GenericChart chart => new(Chart(chart), "a chart"),
            Evaluator evaluator => Of(evaluator.Compute()),
            Evaluation evaluation => new(HtmlTable.Of(Numbers.OfEvaluation(evaluation)), evaluation.Markdown),
            MetricError error => Sentence(error.Reason),
            Fault fault => Sentence(fault.Message),
            Core.ConfusionMatrix counts => OfNumbers("counts", Numbers.OfResult(counts), None),
            _ when Numbers.Results.Contains(value.GetType()) => OfFound(FoundMetric.Of(value)),
            _ when Contents.Of(value) is { Count: > 0 } inside && inside.All(IsOurs) => All(inside.Select(Of)),
            _ => new($"<pre>{Encoded(Contents.Text(value))}</pre>\n", Contents.Text(value)),
        };

    private static bool IsOurs(object value) =>
        value is IMetric or Figure or GenericChart or Evaluator or Evaluation or MetricError or Fault
        || Numbers.Results.Contains(value.GetType())
        || Contents.Of(value) is not null;

    private static Display All(IEnumerable<Display> parts) =>
        parts.Aggregate((one, next) => new(one.Html + next.Html, $"{one.Text}\n{next.Text}"));

    private static Display OfFound(IMetric result) => OfMetric(result, figure => figure.Title[(result.Name.Length + ": ".Length)..]);

    private static Display OfMetric(IMetric metric, Func<Figure, string> title)
    {
        try
        {
            var figure = metric.Figure();
            return OfNumbers(title(figure), Numbers.OfMetric(metric), IsTable(figure.Chart) ? None : figure.Chart);
        }
        catch (UndefinedMetricException undefined)
        {
            return Sentence(undefined.Error.Reason);
        }
    }

    private static Display OfNumbers(string title, IReadOnlyList<(string Name, Cell Value)> numbers, Option<GenericChart> chart) =>
        new(
            Heading(title) + Table(numbers) + chart.Match(Chart, ""),
            string.Join('\n', numbers.Select(number => $"{number.Name}: {number.Value.Full}").Prepend(title))
        );

    /// <summary>The figure of a result that has no curve, which says no more than the table does.</summary>
    private static bool IsTable(GenericChart chart) => GenericChart.getTraces(chart).All(trace => trace.type == "table");

    private static Display Sentence(string text) => new($"<p>{Encoded(text)}</p>\n", text);

    private static string Heading(string title) => $"<p><strong>{Encoded(title)}</strong></p>\n";

    private static string Table(IReadOnlyList<(string Name, Cell Value)> numbers) => numbers.Count == 0 ? "" : HtmlTable.Of(numbers);

    /// <summary>
    /// A place for the chart and the script that draws it there; the key, a hash of the figure, brings them together. What a stored notebook
    /// has in the place, a picture for viewers that run no scripts, gives way to the chart.
    /// </summary>
    private static string Chart(GenericChart chart)
    {
        // No text in the JSON can end the script element.
        var json = GenericChart.toFigureJson(chart).Replace("<", "\\u003c", StringComparison.Ordinal);
        var key = Convert.ToHexStringLower(XxHash3.Hash(Encoding.UTF8.GetBytes(json)));
        return $"""
            <div data-functional-metrics="{key}"></div>
            <script>
            {PlotlyScript.Draw}("{key}", {json}, 100);
            </script>

            """;
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
