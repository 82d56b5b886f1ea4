using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using FunctionalMetrics.IO;
using FunctionalMetrics.IO.Tests;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Campaigns;

/// <summary>The readers of files.</summary>
internal static class FileReaders
{
    private const string Table = "score,label,file\n0.5,1,a/0\n-3e5,0,a/1\n1,\"1\",\"b,2\"\n0.25,0,c\n";

    private const string Threshold = """
        {"version":1,"level":"image","rule":"max-fpr:0.2","parameters":{"max-fpr":0.2},"threshold":0.5,"threshold_bits":"3fe0000000000000",
        "lower_is_anomalous":false,"min":0.1,"max":0.9,"rows":4,"positives":2,"counts":{"tp":2,"fp":0,"fn":0,"tn":2},"data_hash":"00","remark":"r"}
        """;

    private const string Defects = """
        [{"defect_name":"a","pixel_value":255,"saturation_threshold":1.0,"relative_saturation":true},
        {"defect_name":"b","pixel_value":254,"saturation_threshold":272,"relative_saturation":false}]
        """;

    public static ImmutableArray<FuzzReader> All { get; } =
    [
        Of("npy", ".npy", Stored(".npy"), Scores, ImageScores, Images, Indices, Maps, Masks),
        Of("npz", ".npz", Stored(".npz"), Scores, Named, Labelled, ImageScores, Images, Maps, Masks),
        Of("tiff", ".tiff", Stored(".tiff"), Images, Indices, Maps, Masks),
        Of("png", ".png", Stored(".png"), Images, Indices, Maps, Masks),
        Of("bmp", ".bmp", Stored(".bmp"), Images, Indices, Maps, Masks),
        Of("csv", ".csv", [.. Stored(".csv"), Text(Table)], Scores, Labelled, Texts, Parts, ImageScores, Labels),
        Of("tsv", ".tsv", [.. Stored(".tsv"), Text(Table.Replace(',', '\t'))], Scores, Labelled, Texts, ImageScores),
        Of("gz", ".csv.gz", [.. Stored(".csv").Select(Packed), Packed(Text(Table))], Scores, Labelled, Parts, ImageScores),
        Of("parquet", ".parquet", [.. Stored(".parquet"), .. Corpus.Packed], Scores, Labelled, Texts, Parts),
        Of("fms", ".fms", [.. Below("states").Select(File.ReadAllBytes)], path => StateFile.TryRead(path).Map(_ => unit)),
        Of("threshold", ".json", [Text(Threshold)], path => ThresholdFile.TryRead(path).Map(_ => unit)),
        Of("defects", ".json", [Text(Defects)], path => DefectsConfig.TryRead(path).Map(_ => unit)),
    ];

    /// <summary>A mask without a defect, beside which damaged maps are read, and a map beside which damaged masks are.</summary>
    private static readonly Lazy<string> Other = new(() =>
    {
        var path = Path.Combine(FuzzCampaign.Folder, "other.npy");
        File.WriteAllBytes(path, Make.Npy("|u1", "(1, 2, 2)", new byte[4]));
        return path;
    });

    internal static string[] Below(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, folder)).Order(StringComparer.Ordinal)];

    private static FuzzReader Of(
        string name,
        string extension,
        IEnumerable<byte[]> corpus,
        params ReadOnlySpan<Func<string, Fin<Unit>>> ways
    ) =>
        new(
            name,
            extension,
            [.. corpus],
            [.. ways.ToArray().Select(way => (Func<string, byte[], Fin<Unit>>)((path, _) => Typed(way(path))))]
        );

    /// <summary>A failure that is no <see cref="InputError"/> is a find.</summary>
    private static Fin<Unit> Typed(Fin<Unit> outcome) =>
        outcome.Match(
            value => value,
            error => error is InputError ? FinFail<Unit>(error) : throw new InvalidOperationException($"no InputError, but {error}")
        );

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static IEnumerable<byte[]> Stored(string extension) =>
        Corpus.Files.Where(file => Path.GetExtension(file.Name) == extension).Select(file => file.Bytes);

    private static Fin<Unit> Scores(string path) => ScoreFile.TryRead(path).Map(_ => unit);

    private static Fin<Unit> Named(string path) => ScoreFile.TryRead(path + ":maps").Bind(_ => Maps(path + ":maps"));

    private static Fin<Unit> Labelled(string path) => ScoreFile.TryReadLabelled(path).Map(_ => unit);

    private static Fin<Unit> Texts(string path) =>
        ScoreFile.TryReadTable(path, positiveLabels: ["1", "x"], normalLabels: ["*"], columns: ["label"]).Map(_ => unit);

    private static Fin<Unit> Parts(string path) => Whole(ScoreFile.TryReadLabelledParts(path));

    private static Fin<Unit> ImageScores(string path) => ScoreFile.TryReadImageScores(path, ["a/0", "a/1"]).Map(_ => unit);

    private static Fin<Unit> Images(string path) => Decoded(path, false);

    private static Fin<Unit> Indices(string path) => Decoded(path, true);

    private static Fin<Unit> Decoded(string path, bool byIndex) =>
        Reading.Try(
            path,
            () =>
            {
                using var images = ImageReader.Open(path, !byIndex, byIndex);
                images.Next(Math.Min(images.Shape.Count, images.BlockImages));
                return unit;
            }
        );

    private static Fin<Unit> Maps(string path) => MapSource.TryOpen(path).Bind(maps => Whole(maps.TryRead()));

    private static Fin<Unit> Masks(string path) =>
        MapDataset.TryOpen(path, Other.Value).Bind(data => Whole(data.TryRead()))
        | MapDataset.TryOpen(Other.Value, path, new() { MaskThreshold = 1 }).Bind(data => Whole(data.TryRead()));

    private static Fin<Unit> Labels(string path) =>
        MapDataset
            .TryOpen(Other.Value, null, new() { ImageLabels = new(path), UnmaskedAreNormal = true })
            .Bind(data => Whole(data.TryRead()));

    private static Fin<Unit> Whole<A>(IEnumerable<Fin<A>> parts) =>
        parts.Map(part => part.Map(_ => unit)).Fold(FinSucc(unit), (all, one) => all.Bind(_ => one));
}
