using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics;

/// <summary>What is found of each kind of defect, the pictures, and the regions that are missed.</summary>
internal static class ReportDefects
{
    /// <summary>So many missed regions are listed.</summary>
    private const int Listed = 50;

    public static void Write(ReportPage page, ReportStops stops, TextWriter to)
    {
        if (
            page.Levels.FirstOrDefault(level => level.Images is not null) is { Images: { } images } level
            && page.Levels.FirstOrDefault(other => other.Regions is not null) is { } pixel
        )
        {
            to.Write(Folders(FolderRow.Of(images, level.Start, level.Settings.FprLimit), stops));
            Galleries(page, to);
            ImageTable.Of(images, pixel.Start).IfSucc(table => to.Write(Missed(table, pixel)));
        }
        else
            Galleries(page, to);
    }

    private static string Folders(ImmutableArray<FolderRow> rows, ReportStops stops) =>
        rows.IsEmpty
            ? ""
            : $"""
                <section>
                <h2>By kind of defect</h2>
                <p class="about">AUROC of the anomalous images of a folder against all normal ones, AUPRO of its regions. What is found moves with the thresholds above; a region is found by half of its pixels.</p>
                <div class="card wide" tabindex="0" role="region" aria-label="By kind of defect">
                <table>
                <thead><tr><th scope="col">defect</th><th scope="col">images</th><th scope="col">image AUROC</th><th scope="col">AUPRO</th><th scope="col">images found</th><th scope="col">recall</th><th scope="col">regions found</th><th scope="col">recall</th></tr></thead>
                <tbody>
                {string.Join('\n', rows.Select((row, place) => Folder(row, place, stops)))}
                </tbody>
                </table>
                </div>
                </section>

                """;

    private static string Folder(FolderRow row, int place, ReportStops stops) =>
        $"""<tr><th scope="row">{ReportParts.Text(row.Folder)}</th><td>{Readable.Count(row.Images)}</td><td>{Rate(row.ImageAuroc)}</td><td>{Rate(row.Aupro)}</td>{string.Concat(stops.Levels.Select(level => Found(level, stops.Folders[place], place)))}</tr>""";

    private static string Found(LevelStops level, ReportFolder folder, int place)
    {
        var found = level.Found(folder);
        var (count, live) = (found.Counts[level.Start], $"data-folder=\"{level.Index}.{place}\"");
        return $"""<td {live}>{Readable.Count(count)} of {Readable.Count(found.All)}</td><td {live}>{found.Shown(count)}</td>""";
    }

    private static void Galleries(ReportPage page, TextWriter to)
    {
        if (page.Galleries.Count == 0 && page.NoPictures is null)
            return;
        to.Write("<section>\n<h2>Pictures</h2>\n");
        if (page.NoPictures is { } why)
            to.Write($"<p class=\"about\">{ReportParts.Text(why)}</p>\n");
        foreach (var gallery in page.Galleries)
            to.Write(
                $"""
                <h3>{ReportParts.Text(gallery.Title)}</h3>
                <p class="about">{ReportParts.Text(gallery.Text)}</p>
                <ul class="pictures">
                {string.Join('\n', gallery.Pictures.Select(Picture))}
                </ul>

                """
            );
        to.Write("</section>\n");
    }

    private static string Picture(ReportPicture picture) =>
        $"""<li tabindex="0" data-image="{ReportParts.Text(picture.Image)}">{ReportParts.Picture(picture.Description, picture.Jpeg)}<p><b>{ReportParts.Text(picture.Image)}</b><br>{ReportParts.Text(picture.Value)}<br><span class="call"></span></p></li>""";

    private static string Missed(ImageTable table, ReportLevel pixel)
    {
        var missed = table
            .Regions.Where(region => !region.IsFound)
            .OrderBy(region => region.ShareFound)
            .ThenByDescending(region => region.Pixels)
            .ToList();
        return missed.Count == 0
            ? ""
            : $"""
                <section>
                <h2>Regions missed</h2>
                <p class="about">At the pixel threshold {Readable.Exact(
                    pixel.Settings.Own(table.Threshold)
                )} less than half of {Readable.Count(missed.Count)} of {Readable.Count(table.Regions.Length)} regions is found. {(
                    missed.Count > Listed ? $"The first {Listed} of {Readable.Count(missed.Count)} stand here" : "All stand here"
                )}, those of which least is found first; rows and columns count from 0.</p>
                <div class="card wide" tabindex="0" role="region" aria-label="Regions missed">
                <table>
                <thead><tr><th scope="col">image</th><th scope="col">region</th><th scope="col">rows</th><th scope="col">columns</th><th scope="col">pixels</th><th scope="col">found</th><th scope="col">largest score</th></tr></thead>
                <tbody>
                {string.Join('\n', missed.Take(Listed).Select(region => Region(region, pixel)))}
                </tbody>
                </table>
                </div>
                </section>

                """;
    }

    private static string Region(RegionRow region, ReportLevel pixel) =>
        $"""<tr><th scope="row">{ReportParts.Text(region.Image.IfNone(""))}</th><td>{region.Number}</td><td>{region.Box.Top} to {region.Box.Bottom - 1}</td><td>{region.Box.Left} to {region.Box.Right - 1}</td><td>{Readable.Count(region.Pixels)}</td><td>{Readable.Rate(region.ShareFound)}</td><td>{Readable.Score(pixel.Settings.Own(region.MaxScore))}</td></tr>""";

    private static string Rate(Fin<double> value) => value.Match(Readable.Rate, _ => "undefined");
}
