using System.Buffers.Binary;
using FunctionalMetrics.Cli.Tests;

namespace FunctionalMetrics.Pages.Tests;

/// <summary>The files that the pages' commands name: a few images of brick in the layouts of the published data sets.</summary>
internal static class SmallData
{
    private const int Images = 3;

    /// <summary>Writes all of them.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "notebooks", "data"));
        Directory.CreateDirectory(Path.Combine(folder, "results"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "notebooks", "data", "brick"), Repository.Brick);
        Directory.CreateSymbolicLink(Path.Combine(folder, "results", "bottle"), Repository.Brick);
        Directory.CreateDirectory(Path.Combine(folder, "validation"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "validation", "good"), Path.Combine(Repository.Brick, "anomaly_maps", "good"));
        foreach (var (day, defect) in new[] { ("monday", "patch"), ("tuesday", "scratch") })
            Set($"results/{day}/anomaly_maps/#.tiff", $"results/{day}/ground_truth/#_mask.png", $"{defect}/00", "good/00", defect);

        foreach (var detector in new[] { "padim", "patchcore" })
        foreach (var category in new[] { "bottle", "screw" })
        {
            var test = $"{detector}/test/{category}";
            Set($"{test}/anomaly_maps/#.tiff", $"{test}/ground_truth/#_mask.png", "crack/00", "good/00");
            Set($"{detector}/validation/{category}/good/#.tiff", null, "good/00", null, "good");
        }

        Set("maps/bottle/test/#.tiff", "bottle/ground_truth/#_mask.png", "broken/00", "good/00");
        Set("predictions/#.tiff", "bottle/ground_truth/#_mask.png", "broken/00", "good/00");
        Set("maps/can/test_public/#.tiff", "can/test_public/ground_truth/#_mask.png", "bad/00", "good/00");
        Set("maps/box/test/#.tiff", "box/ground_truth/#/000.png", "logical_anomalies/00", "good/00");
        File.WriteAllText(
            In("box/defects_config.json"),
            """[{"defect_name": "missing", "pixel_value": 255, "saturation_threshold": 0.5, "relative_saturation": true}]"""
        );
        Set("maps/candle/Data/Images/#.tiff", "candle/Data/Masks/#.png", "Anomaly/00", "Normal/00");
        Set("maps/01/test/#.tiff", "01/ground_truth/#.png", "ko/000", "ok/000");
        Set("maps/test/#.tiff", "KolektorSDD2/test/#_GT.png", "2000", null);
        Set("maps/audiojack/#.tiff", "audiojack/#.png", "NG/AK/S000", "OK/S000");
        Set("maps/Class1/Test/#.tiff", "Class1/Test/Label/#_label.PNG", "000", "100");
        Set("maps/kos/#.tiff", null, "kos01/Part", "kos02/Part");
        for (var image = 0; image < Images; image++)
        {
            Write($"KolektorSDD/kos01/Part{image}_label.bmp", Bitmap(marked: true));
            Write($"KolektorSDD/kos02/Part{image}_label.bmp", Bitmap(marked: false));
        }

        var random = new Random(1);
        float[] labels = [.. Enumerable.Range(0, 4 * 8 * 8).Select(at => at < 2 * 8 * 8 && at / 8 % 8 == 3 ? 1f : 0)];
        Npy.Write(In("maps.npy"), "<f4", [4, 8, 8], [.. labels.Select(label => label / 2 + (float)random.NextDouble())]);
        Npy.Write(In("masks.npy"), "|u1", [4, 8, 8], labels);
        Table("scores.csv", "score,label", label => label);
        File.WriteAllLines(
            In("detectors.csv"),
            [
                "padim,patchcore,label",
                .. Enumerable
                    .Range(0, 40)
                    .Select(row => FormattableString.Invariant($"{row * 7 % 40},{row * 11 % 40},{row * 7 % 40 / 25}")),
            ]
        );
        File.WriteAllLines(In("good.csv"), ["score", .. Enumerable.Range(1, 120).Select(row => FormattableString.Invariant($"{row}"))]);
        Table("frame.csv", ",anomaly,class", label => label == 1 ? "crack" : "good", numbered: true);

        void Table(string name, string head, Func<int, object> label, bool numbered = false) =>
            File.WriteAllLines(
                In(name),
                [
                    head,
                    .. Enumerable
                        .Range(0, 40)
                        .Select(row =>
                            FormattableString.Invariant($"{(numbered ? $"{row}," : "")}{row * 7 % 40},{label(row * 7 % 40 / 25)}")
                        ),
                ]
            );

        void Set(string maps, string? masks, string bad, string? good, string defect = "patch")
        {
            for (var image = 0; image < Images; image++)
            {
                Copy($"anomaly_maps/{defect}/00{image}.tiff", maps.Replace("#", $"{bad}{image}"));
                if (masks is not null)
                    Copy($"ground_truth/{defect}/00{image}_mask.png", masks.Replace("#", $"{bad}{image}"));
                if (good is not null)
                    Copy($"anomaly_maps/good/00{image}.tiff", maps.Replace("#", $"{good}{image}"));
            }
        }

        void Copy(string from, string to) => Write(to, File.ReadAllBytes(Path.Combine(Repository.Brick, from)));

        void Write(string name, byte[] content) => File.WriteAllBytes(In(name), content);

        string In(string name)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        }
    }

    /// <summary>A black bitmap of brick's size, with a white bar or without.</summary>
    private static byte[] Bitmap(bool marked)
    {
        const int Side = 128;
        var bytes = new byte[54 + 3 * Side * Side];
        "BM"u8.CopyTo(bytes);
        foreach (var (at, value) in new[] { (2, bytes.Length), (10, 54), (14, 40), (18, Side), (22, Side) })
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        (bytes[26], bytes[28]) = (1, 24);
        if (marked)
            bytes.AsSpan(54 + 3 * Side * 60, 3 * Side * 4).Fill(255);
        return bytes;
    }
}
