using System.Globalization;
using FunctionalMetrics.Core.Tests;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>A note as it is shown.</summary>
internal sealed record PlainNote(string Code, long Count, string Text);

/// <summary>An image after masks, labels and scores were decided: the pixels that count, scores as they are ranked, and its regions.</summary>
internal sealed record PlainJudged(
    string Name,
    bool IsAnomalous,
    double? Score,
    (double Score, bool IsAnomalous)[] Pixels,
    PlainRegion[] Regions
)
{
    public string Folder => Name.Split('/')[0];
}

/// <summary>A region: its scores and its box, the ends outside.</summary>
internal sealed record PlainRegion(int Number, double[] Scores, int Top, int Left, int Bottom, int Right);

/// <summary>What METRICS.md says that files mean, written plainly: labels, masks, ignored pixels, sizes, scores of images, and the notes on them.</summary>
internal sealed record PlainData(PlainJudged[] Images, Row[] Rows, PlainNote[] Notes)
{
    public static PlainData Of(PlainWorld world, PlainRules rules) => world.IsRows ? OfRows(world, rules) : OfImages(world, rules);

    private static PlainData OfRows(PlainWorld world, PlainRules rules)
    {
        var (rows, taken) = (new List<Row>(), new List<(bool IsAnomalous, string Text)>());
        foreach (var row in world.Rows)
        {
            var (score, label) = (double.Parse(row.Cells[rules.ScoreColumn], CultureInfo.InvariantCulture), row.Cells[rules.LabelColumn]);
            bool anomalous;
            if (rules.Positive.Length + rules.Normal.Length == 0)
                anomalous = label is "1" or "true";
            else if (rules.Positive.Contains(label) || rules.Normal.Contains(label))
                anomalous = rules.Positive.Contains(label);
            else
            {
                // '*', or the one other text
                anomalous = rules.Positive.Contains("*") || rules.Positive.Length == 0;
                taken.Add((anomalous, label));
            }
            rows.Add(new(rules.Lower ? 0 - score : score, anomalous));
        }
        var notes = taken
            .GroupBy(one => one.IsAnomalous)
            .OrderByDescending(same => same.Key)
            .Select(same => new PlainNote(
                same.Key ? "other_label_positive" : "other_label_normal",
                same.Count(),
                $"{same.Count()} rows have a label that is not named, taken as {(same.Key ? "anomalous" : "normal")}: {Listed(same.Select(one => one.Text))}."
            ));
        return new([], [.. rows], [.. notes]);
    }

    private static PlainData OfImages(PlainWorld world, PlainRules rules)
    {
        var counts = new Dictionary<string, int>();
        var folders = new List<string>();
        var judged = world.Images.Select(Judge).ToList();
        return new(
            [.. judged],
            [.. judged.Where(image => image.Score is not null).Select(image => new Row(image.Score!.Value, image.IsAnomalous))],
            [.. Notes()]
        );

        PlainJudged Judge(PlainImage image)
        {
            var (height, width, scores, mask) = (image.Height, image.Width, image.Scores, image.Mask);
            var was = mask;
            if ((mask is not null || rules.ResizeMaps) && (image.MaskHeight, image.MaskWidth) != (height, width))
            {
                if (rules.ResizeMasks)
                {
                    mask = Nearest(mask!, image.MaskHeight, image.MaskWidth, height, width);
                    Count("resized_masks");
                }
                else
                {
                    scores = Bilinear(scores, height, width, image.MaskHeight, image.MaskWidth);
                    (height, width) = (image.MaskHeight, image.MaskWidth);
                    Count("resized_maps");
                }
            }
            var values = rules.HasMasks ? mask ?? new int[height * width] : new int[height * width];
            bool[] ignored = [.. values.Select((value, i) => value == rules.IgnoreValue || (rules.IgnoreMasks && image.Ignore[i] > 0))];
            bool[] marked =
            [
                .. values.Select((value, i) => !ignored[i] && (rules.MaskThreshold is { } least ? value >= least : value > 0)),
            ];
            Count("ignored_pixels", ignored.Count(one => one));
            if (
                was is not null
                && rules is { HasMasks: true, MaskThreshold: null }
                && was.Any(value => value > 0 && value != rules.IgnoreValue)
            )
                Count(was.Max(value => value == rules.IgnoreValue ? 0 : value) == 1 ? "masks_of_1" : "masks_of_255");
            var byMask = marked.Contains(true);
            var anomalous = rules.GivenLabels ? image.GivenLabel : byMask;
            if (rules.GivenLabels)
            {
                Count("given_label");
                if (rules.HasMasks && image.Mask is not null && image.GivenLabel != byMask)
                    Count("given_label_against_mask");
            }
            else if (image.Mask is null)
            {
                if (rules.NormalFolders.Contains(image.Folder))
                    folders.Add(image.Folder);
                else
                    Count("unmasked_normal");
            }
            else if (!byMask && !rules.NormalFolders.Contains(image.Folder) && !world.IsStack)
                Count("empty_mask");
            else if (!byMask && world.IsStack)
                Count("empty_mask");
            var turned = scores.Select(score => rules.Lower ? 0 - score : score).ToArray();
            (double Score, bool)[] pixels = [.. turned.Zip(marked).Where((_, i) => !ignored[i])];
            double? own = rules.GivenScores
                ? (rules.Lower ? 0 - image.GivenScore : image.GivenScore)
                : Scored([.. pixels.Select(pixel => pixel.Score)]);
            if (own is null)
                Count("ignored_images");
            else if (rules.GivenScores || rules.ScoredBy != "max")
                Count("image_scores");
            return new(image.Name, anomalous, own, pixels, Regions(turned, marked, height, width));
        }

        double? Scored(double[] pixels)
        {
            if (pixels.Length == 0)
                return null;
            var share = rules.ScoredBy.Split(':') is [_, var text] ? decimal.Parse(text, CultureInfo.InvariantCulture) : 1;
            var taken = rules.ScoredBy == "max" ? 1 : (int)Math.Max(1, decimal.Ceiling(share * pixels.Length));
            return (pixels.OrderDescending().Take(taken).Select(Fraction.Exactly).Aggregate((a, b) => a + b) / taken).Rounded();
        }

        void Count(string code, int times = 1) => counts[code] = counts.GetValueOrDefault(code) + times;

        IEnumerable<PlainNote> Notes()
        {
            if (folders.Count > 0)
                yield return new(
                    "normal_folder",
                    folders.Count,
                    $"{Several(folders.Count, " without a mask", "is", "are")} normal by folder: {Listed(folders)}."
                );
            foreach (
                var (code, text) in ((string, Func<int, string>)[])
                    [
                        ("unmasked_normal", n => $"{Several(n, " without a mask", "is", "are")} taken as normal."),
                        (
                            "empty_mask",
                            n => $"{Several(n, "", "is normal because its mask is empty", "are normal because their masks are empty")}."
                        ),
                        ("given_label", n => $"{Several(n, "", "has its label", "have their labels")} from the image labels."),
                        (
                            "given_label_against_mask",
                            n => $"{Several(n, "", "has", "have")} an image label that the mask contradicts; the label counts."
                        ),
                        ("ignored_pixels", n => $"{n} {(n == 1 ? "pixel is" : "pixels are")} left out."),
                        ("ignored_images", n => $"{Several(n, "", "has", "have")} no pixel left and no score; the image level is without."),
                        ("resized_masks", n => $"{n} {(n == 1 ? "mask was" : "masks were")} resized, nearest pixel."),
                        (
                            "resized_maps",
                            n => $"{n} {(n == 1 ? "map was" : "maps were")} resized, bilinear; scores between pixels are new."
                        ),
                        ("masks_of_1", n => $"{(n == 1 ? "1 mask marks" : $"{n} masks mark")} anomalous pixels by 1."),
                        ("masks_of_255", n => $"{(n == 1 ? "1 mask marks" : $"{n} masks mark")} anomalous pixels by 255."),
                        (
                            "image_scores",
                            n =>
                                $"{Several(n, "", "has its score", "have their scores")} by: {(rules.GivenScores ? "a file" : rules.ScoredBy)} ({n})."
                        ),
                    ]
            )
                if (counts.GetValueOrDefault(code) is > 0 and var count)
                    yield return new(code, count, text(count));
        }
    }

    private static string Several(int count, string which, string one, string many) =>
        $"{count} image{(count == 1 ? "" : "s")}{which} {(count == 1 ? one : many)}";

    private static string Listed(IEnumerable<string> texts) =>
        string.Join(
            ", ",
            texts
                .GroupBy(text => text)
                .OrderByDescending(same => same.Count())
                .ThenBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => $"{same.Key} ({same.Count()})")
        );

    private static PlainRegion[] Regions(double[] scores, bool[] marked, int height, int width) =>
        [
            .. FloodFill
                .Label(marked, height, width)
                .Select((label, pixel) => (label, pixel))
                .Where(one => one.label > 0)
                .GroupBy(one => one.label, one => one.pixel)
                .Select(region => new PlainRegion(
                    region.Key,
                    [.. region.Select(pixel => scores[pixel])],
                    region.Min(pixel => pixel / width),
                    region.Min(pixel => pixel % width),
                    region.Max(pixel => pixel / width) + 1,
                    region.Max(pixel => pixel % width) + 1
                )),
        ];

    /// <summary>By pixel centres: source index floor((i + 0.5) from / to).</summary>
    private static int[] Nearest(int[] mask, int height, int width, int toHeight, int toWidth) =>
        [
            .. from y in Enumerable.Range(0, toHeight)
            from x in Enumerable.Range(0, toWidth)
            select mask[(2 * y + 1) * height / (2 * toHeight) * width + (2 * x + 1) * width / (2 * toWidth)],
        ];

    /// <summary>By pixel centres without antialiasing, edges held.</summary>
    private static double[] Bilinear(double[] map, int height, int width, int toHeight, int toWidth)
    {
        return
        [
            .. from y in Enumerable.Range(0, toHeight)
            from x in Enumerable.Range(0, toWidth)
            select At((y + 0.5) * height / toHeight - 0.5, (x + 0.5) * width / toWidth - 0.5),
        ];

        double At(double y, double x)
        {
            (y, x) = (Math.Clamp(y, 0, height - 1), Math.Clamp(x, 0, width - 1));
            var (top, left) = ((int)y, (int)x);
            var (bottom, right) = (Math.Min(top + 1, height - 1), Math.Min(left + 1, width - 1));
            var (down, across) = (y - top, x - left);
            return (map[top * width + left] * (1 - across) + map[top * width + right] * across) * (1 - down)
                + (map[bottom * width + left] * (1 - across) + map[bottom * width + right] * across) * down;
        }
    }
}
