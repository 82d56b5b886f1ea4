using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics;

/// <summary>The page of several detectors, of the same parts as that of one.</summary>
internal static class ComparisonHtml
{
    public static void Write(ComparisonPage page, TextWriter to)
    {
        to.Write(ReportParts.Head(page.Title, page.Subtitle, "The charts need JavaScript; the numbers do not."));
        to.Write(ReportParts.Summary(page.Lead, page.Summary));
        foreach (var (part, place) in page.Parts.Select((part, place) => (part, place)))
            Write(part, place, to);
        if (page.Notes is not [])
            to.Write(ReportParts.Notes(page.Notes));
        to.Write(ReportParts.Details(page.Details));
        to.Write("</main>\n</body>\n</html>\n");
    }

    private static void Write(ComparisonPart part, int place, TextWriter to)
    {
        to.Write($"<section>\n<h2>{ReportParts.Text(part.Title)}</h2>\n");
        if (part.About.Length > 0)
            to.Write($"<p class=\"about\">{ReportParts.Text(part.About)}</p>\n");
        foreach (var table in part.Tables)
            to.Write(ReportParts.Grid(table));
        if (part.Curves is not [])
        {
            to.Write("<div class=\"charts\">\n");
            foreach (var chart in Charted(part.Curves))
                to.Write(ReportParts.Figure(chart, FormattableString.Invariant($"compared-{place + 1}-{chart.Name}")));
            to.Write("</div>\n");
        }
        if (part.AboutPictures.Length > 0)
            to.Write($"<p class=\"about\">{ReportParts.Text(part.AboutPictures)}</p>\n");
        if (part.Pictures is not [])
            to.Write($"<ul class=\"pairs\">\n{string.Join('\n', part.Pictures.Select(Picture))}\n</ul>\n");
        to.Write("</section>\n");
    }

    private static IEnumerable<ReportChart> Charted(IReadOnlyList<ComparedCurves> all)
    {
        yield return new("roc", "ROC curves", Each(all, one => Auroc.Metric.Compute(one.Scores)).Map(Charts.CompareRoc));
        yield return new(
            "precision-recall",
            "Precision-recall curves",
            Each(all, one => Aupr.Metric.Compute(one.Scores)).Map(Charts.ComparePrecisionRecall)
        );
        if (all.All(one => one.Regions is not null))
            yield return new(
                "pro",
                "Per-region overlap curves",
                Each(all, one => Aupro.UpTo(one.FprLimit).Compute(one.Regions!)).Map(Charts.ComparePro)
            );
    }

    /// <summary>The curve of each detector with its name; where one has none, the reason.</summary>
    private static Fin<IEnumerable<(string, T)>> Each<T>(IReadOnlyList<ComparedCurves> all, Func<ComparedCurves, Fin<T>> curve) =>
        toSeq(all).Map(one => curve(one).Map(found => (one.Name, found))).Sequence().Map(found => found.AsEnumerable());

    private static string Picture(ComparedPicture picture) =>
        $"""<li tabindex="0"><p><b>{ReportParts.Text(picture.Image)}</b><br>{ReportParts.Text(picture.Text)}</p><div class="maps">{string.Concat(picture.Maps.Select(Map))}</div></li>""";

    private static string Map(ComparedMap map) =>
        $"""<div>{ReportParts.Picture(map.Description, map.Jpeg)}<p><b>{ReportParts.Text(map.Detector)}</b><br>{ReportParts.Text(map.Value)}</p></div>""";
}
