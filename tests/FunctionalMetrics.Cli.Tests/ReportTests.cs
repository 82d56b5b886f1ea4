using System.Text.RegularExpressions;
using SkiaSharp;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>What a report shows of images one by one, and what it says where it cannot.</summary>
public sealed partial class ReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact, Trait("Category", "Slow")]
    public void The_worst_images_are_shown_over_their_photographs_where_there_are_some()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Fmetrics.Brick, "anomaly_maps"), "*", SearchOption.AllDirectories))
            Photograph(Path.ChangeExtension(Path.GetRelativePath(Path.Combine(Fmetrics.Brick, "anomaly_maps"), file), null));
        string[] evaluate = ["evaluate", Fmetrics.Brick, "--quiet", "--detector", "<b>PaDiM</b>", "--report"];
        Assert.Equal(0, Fmetrics.Run([.. evaluate, folder.File("plain.html")]).ExitCode);
        Assert.Equal(0, Fmetrics.Run([.. evaluate, folder.File("over.html"), "--photos", folder.File("{name}.p*")]).ExitCode);
        var (plain, over) = (File.ReadAllText(folder.File("plain.html")), File.ReadAllText(folder.File("over.html")));
        Assert.InRange(over.Length, 1, 6_000_000);
        var (maps, both) = (Pictures(plain), Pictures(over));
        Assert.Equal(21, maps.Length);
        Assert.Equal(maps.Select(picture => picture.Image), both.Select(picture => picture.Image));
        Assert.Equal("blur/002", maps[0].Image);
        Assert.All(maps.Zip(both), pair => Assert.NotEqual(pair.Item1.Data, pair.Item2.Data));
        Assert.Contains(
            "alt=\"Anomaly map over the photograph of the anomalous image blur/002: score 6.17169; 237 of 237",
            over,
            StringComparison.Ordinal
        );
        // Nothing of the map hides the photograph where scores are smallest.
        var shown = Assert.IsType<SKBitmap>(SKBitmap.Decode(Convert.FromBase64String(both[0].Data)));
        Assert.Equal((208, 208), (shown.Width, shown.Height));
        Assert.InRange(shown.Pixels.Max(pixel => pixel.Green), 120, 255);
        Assert.Contains(
            "Finds 18 of 20 anomalous images and lets 2 pass; calls 3 of 12 normal images anomalous.",
            plain,
            StringComparison.Ordinal
        );
        Assert.Contains("<dd>90.0% (69.9% to 97.2%) of the anomalous images; 2 of 20 pass.</dd>", plain, StringComparison.Ordinal);
        Assert.Contains("<dt>Detector</dt><dd>&lt;b&gt;PaDiM&lt;/b&gt;</dd>", plain, StringComparison.Ordinal);
        Assert.Contains("less than half of 18 of 37 regions is found", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Photographs_that_are_not_there_or_are_none_are_refused_and_nothing_is_written()
    {
        var set = SmallSet.Write(folder, "set", ..);
        string[] evaluate = ["evaluate", set, .. SmallSet.Rules, "--threshold", "0.95"];
        string[] report = [.. evaluate, "--report", folder.File("r.html"), "--photos"];
        Fmetrics
            .Run([.. report, folder.File("{name}.png")])
            .IsRefusal("has no photograph: there is no file", "{name} stands for the image's name");
        foreach (var image in (string[])["cut/000", "cut/001", "cut/002", "good/000", "good/001", "hole/000"])
            folder.Write($"{image}.png", "no picture");
        Fmetrics
            .Run([.. report, folder.File("{name}.png")])
            .IsRefusal(".png: is no photograph that is read here; PNG, JPEG, BMP, GIF and WebP are");
        Fmetrics.Run([.. report, folder.File("photo.png")]).IsRefusal("holds no {name}");
        Fmetrics.Run([.. report, folder.File("*/{name}.png")]).IsRefusal("holds * in a folder");
        Fmetrics.Run([.. report, folder.File("{name}.png"), "--max-memory", "1GB"]).IsRefusal("--photos does not go with");
        Fmetrics.Run([.. evaluate, "--photos", "{name}.png"]).IsRefusal("--photos has no effect without --report");
        Assert.DoesNotContain("r.html", folder.Names);
    }

    [Fact]
    public void Where_images_are_not_kept_the_page_says_so_and_a_stack_shows_numbers()
    {
        var page = folder.File("r.html");
        Assert.Equal(0, Fmetrics.Run("evaluate", Fmetrics.Brick, "--approximate", "18", "--report", page, "--quiet").ExitCode);
        Assert.Contains(
            "Pictures, kinds of defect and missed regions need each image by itself",
            File.ReadAllText(page),
            StringComparison.Ordinal
        );
        Npy.Write(folder.File("maps.npy"), "<f4", [2, 2, 2], [0, 1, 2, 3, 0, 9, 0, 0]);
        Npy.Write(folder.File("masks.npy"), "|u1", [2, 2, 2], [1, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Equal(
            0,
            Fmetrics
                .Run(
                    "evaluate",
                    "--maps",
                    folder.File("maps.npy"),
                    "--masks",
                    folder.File("masks.npy"),
                    "--pixel-threshold",
                    "1",
                    "--report",
                    page,
                    "--quiet"
                )
                .ExitCode
        );
        Assert.Equal(["0", "1"], Pictures(File.ReadAllText(page)).Select(picture => picture.Image).Order());
    }

    [Fact]
    public void The_name_of_a_file_never_becomes_markup()
    {
        const string evil = "<img src=x onerror=alert(1)>";
        var set = SmallSet.Write(folder, "set", ..);
        File.Move($"{set}/anomaly_maps/cut/000.npy", $"{set}/anomaly_maps/cut/{evil}.npy");
        File.Move($"{set}/ground_truth/cut/000_mask.npy", $"{set}/ground_truth/cut/{evil}_mask.npy");
        var page = folder.File("r.html");
        Assert.Equal(0, Fmetrics.Run(["evaluate", set, .. SmallSet.Rules, "--report", page, "--threshold", "0.95", "--quiet"]).ExitCode);
        var html = File.ReadAllText(page);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.Contains("<b>cut/&lt;img src=x onerror=alert(1)&gt;</b>", html, StringComparison.Ordinal);
    }

    private void Photograph(string name)
    {
        var path = folder.File(name + ".png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var green = new SKBitmap(64, 64);
        green.Erase(new(20, 160, 20));
        using var file = green.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(path, file.ToArray());
    }

    private static (string Image, string Data)[] Pictures(string page) =>
        [.. Shown().Matches(page).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex("data-image=\"([^\"]+)\"><img alt=\"[^\"]+\" src=\"data:image/jpeg;base64,([^\"]+)\"")]
    private static partial Regex Shown();
}
