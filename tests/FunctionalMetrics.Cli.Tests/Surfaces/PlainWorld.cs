using System.Globalization;
using FunctionalMetrics.Core.Tests;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>An image as it lies in the files. A mask is absent where there is no file.</summary>
internal sealed record PlainImage(string Name, int Height, int Width, double[] Scores, int MaskHeight, int MaskWidth, int[]? Mask)
{
    /// <summary>A further mask whose pixels other than 0 are left out.</summary>
    public int[] Ignore { get; init; } = [];

    /// <summary>The score and the label that tables give it.</summary>
    public double GivenScore { get; init; }

    public bool GivenLabel { get; init; }

    public string Folder => Name.Split('/')[0];
}

/// <summary>A row of a table: columns by their names.</summary>
internal sealed record PlainRow(IReadOnlyDictionary<string, string> Cells);

/// <summary>Small seeded data as files, with all that may be named of them.</summary>
internal sealed record PlainWorld(string Name, string[] Arguments, PlainRules Rules)
{
    private const int Height = 4;
    private const int Width = 5;

    public IReadOnlyList<PlainImage> Images { get; init; } = [];

    public IReadOnlyList<PlainRow> Rows { get; init; } = [];

    public bool IsRows => Rows.Count > 0;

    /// <summary>What the images are called.</summary>
    public bool IsStack { get; init; }

    public bool IsDouble { get; init; }

    /// <summary>What a report calls the data.</summary>
    public string Data { get; init; } = Name;

    /// <summary>All worlds of a seed; each lies in the folder of its name.</summary>
    public static PlainWorld[] All(int seed)
    {
        var random = new Random(seed);
        PlainImage[] set = [.. Some(random, ("cut", 4), ("good", 4), ("hole", 3)).Select(image => Masked(random, image, [0, 1]))];
        set[1] = set[1] with { Mask = new int[Height * Width] };
        PlainImage[] odd =
        [
            .. Some(random, ("cut", 5), ("fine", 2), ("good", 3)).Select(image => Masked(random, image, [0, 0, 0, 1, 1, 2])),
        ];
        PlainImage[] sized =
        [
            .. Some(random, ("cut", 4), ("good", 4))
                .Select(image =>
                    image with
                    {
                        MaskHeight = 6,
                        MaskWidth = 7,
                        // Between tied scores the last bits decide.
                        Scores = [.. image.Scores.Select(_ => random.Next(1 << 20) / (double)(1 << 20))],
                    }
                )
                .Select(image => Masked(random, image, [0, 255])),
        ];
        return
        [
            new("rows", ["--scores", "rows/rows.csv"], new()) { Rows = Table(random, 60, _ => random.Next(3) == 0), Data = "rows.csv" },
            new("normals", ["--scores", "normals/rows.csv"], new()) { Rows = Table(random, 12, _ => false), Data = "rows.csv" },
            new("set", ["set"], new()) { Images = set },
            new("doubles", ["doubles"], new())
            {
                IsDouble = true,
                Images = [.. set.Select(image => image with { Scores = [.. image.Scores.Select(score => score + 1e-9)] })],
            },
            new("odd", ["odd", "--ignore-value", "2", "--unmasked", "normal"], new() { IgnoreValue = 2, UnmaskedNormal = true })
            {
                Images = odd,
            },
            new("sized", ["sized", "--resize-masks"], new() { ResizeMasks = true }) { Images = sized },
            new("stack", ["--maps", "stack/maps.npy", "--masks", "stack/masks.npy"], new())
            {
                IsStack = true,
                Images = [.. set.Select((image, i) => image with { Mask = image.Mask ?? new int[Height * Width], Name = $"{i}" })],
                Data = "maps.npy",
            },
            new("set", ["--maps", "set/anomaly_maps", "--image-labels", "set/labels.csv"], new() { HasMasks = false, GivenLabels = true })
            {
                Images = set,
            },
        ];
    }

    private static IEnumerable<PlainImage> Some(Random random, params (string Folder, int Count)[] folders) =>
        from folder in folders
        from i in Enumerable.Range(0, folder.Count)
        select new PlainImage($"{folder.Folder}/{i:000}", Height, Width, Scores(random, folder.Folder), Height, Width, null)
        {
            Ignore = [.. Enumerable.Range(0, Height * Width).Select(_ => random.Next(5) == 0 ? 255 : 0)],
            GivenScore = random.Next(16) / 16.0,
            // An image without a mask cannot be anomalous where there are masks.
            GivenLabel = folder.Folder is not ("good" or "fine") && random.Next(4) > 0,
        };

    private static double[] Scores(Random random, string folder) =>
        [
            .. Enumerable
                .Range(0, Height * Width)
                .Select(_ => (random.Next(28) + (folder is "cut" or "hole" ? random.Next(12) : 0) - 4) / 64.0),
        ];

    /// <summary>Anomalous pixels score higher as a rule. Images of good parts have no mask.</summary>
    private static PlainImage Masked(Random random, PlainImage image, int[] values)
    {
        if (image.Folder is "good" or "fine")
            return image;
        var mask = new int[image.MaskHeight * image.MaskWidth];
        for (var pixel = 0; pixel < mask.Length; pixel++)
            mask[pixel] = random.Next(3) == 0 ? values[random.Next(values.Length)] : 0;
        mask[random.Next(mask.Length)] = values[^1];
        mask[random.Next(mask.Length)] = values.First(value => value > 0);
        return image with
        {
            Mask = mask,
            Scores =
            [
                .. image.Scores.Select(
                    (score, i) => image.MaskHeight == image.Height && mask[i] > 0 ? score + random.Next(12) / 64.0 : score
                ),
            ],
        };
    }

    private static PlainRow[] Table(Random random, int rows, Func<int, bool> label) =>
        [
            .. Enumerable
                .Range(0, rows)
                .Select(label)
                .Select(anomalous => new PlainRow(
                    new Dictionary<string, string>
                    {
                        ["score"] = Text((random.Next(20) + (anomalous ? random.Next(12) : 0) - 3) / 32.0),
                        ["second"] = Text((random.Next(20) + (anomalous ? random.Next(20) : 0)) / 16.0),
                        ["label"] = anomalous ? "1" : "0",
                        ["other"] = random.Next(2) == 0 ? "true" : "false",
                        ["kind"] = anomalous ? "crack" : "ok",
                        ["kinds"] = anomalous
                            ? random.Next(2) == 0
                                ? "crack"
                                : "hole"
                            : random.Next(2) == 0
                                ? "ok"
                                : "fine",
                    }
                )),
        ];

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public void Write(TemporaryFolder folder)
    {
        if (IsRows)
        {
            string[] columns = [.. Rows[0].Cells.Keys];
            var lines = Rows.Select(row => string.Join(',', columns.Select(column => row.Cells[column])));
            folder.Write($"{Name}/rows.csv", string.Join(',', columns) + "\n" + string.Concat(lines.Select(line => line + "\n")));
            return;
        }
        folder.Write($"{Name}/labels.csv", "file,label\n" + Lines(image => image.GivenLabel ? "1" : "0"));
        folder.Write($"{Name}/scores.csv", "file,score\n" + Lines(image => Text(image.GivenScore)));
        folder.Write($"{Name}/pictures.csv", "picture,second,file,score\n" + Lines(image => $"{Text(image.GivenScore)},x,nan"));
        if (IsStack)
        {
            Array("maps.npy", [Images.Count, Height, Width], Images.SelectMany(image => image.Scores));
            Array(
                "masks.npy",
                [Images.Count, Height, Width],
                Images.SelectMany(image => image.Mask!).Select(value => (double)value),
                "|u1"
            );
            Array(
                "ignore.npy",
                [Images.Count, Height, Width],
                Images.SelectMany(image => image.Ignore).Select(value => (double)value),
                "|u1"
            );
            return;
        }
        foreach (var image in Images)
        {
            Array($"anomaly_maps/{image.Name}.npy", [image.Height, image.Width], image.Scores);
            Array($"ignore/{image.Name}.npy", [image.Height, image.Width], image.Ignore.Select(value => (double)value), "|u1");
            if (image.Mask is { } mask)
                Array(
                    $"ground_truth/{image.Name}_mask.npy",
                    [image.MaskHeight, image.MaskWidth],
                    mask.Select(value => (double)value),
                    "|u1"
                );
        }

        string Lines(Func<PlainImage, string> cell) => string.Concat(Images.Select(image => $"{image.Name},{cell(image)}\n"));

        void Array(string name, int[] shape, IEnumerable<double> values, string? type = null)
        {
            var path = folder.File($"{Name}/{name}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Npy.WriteDoubles(path, type ?? (IsDouble ? "<f8" : "<f4"), shape, [.. values]);
        }
    }
}
