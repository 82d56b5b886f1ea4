using System.Collections.Immutable;
using System.Text.Json.Serialization;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Which files to judge and how they are read, as the user named them: what a silo is told too.</summary>
internal sealed record EvaluateInput
{
    public string? Folder { get; init; }

    public string? Maps { get; init; }

    public string? Masks { get; init; }

    public string? ImageScores { get; init; }

    public string? Scores { get; init; }

    public string ScoreColumn { get; init; } = "score";

    public string FileColumn { get; init; } = "file";

    public string LabelColumn { get; init; } = "label";

    public ImmutableArray<string> PositiveLabels { get; init; } = [];

    public ImmutableArray<string> NormalLabels { get; init; } = [];

    public double? MaskThreshold { get; init; }

    public ImmutableArray<string> NormalFolders { get; init; } = [];

    public bool UnmaskedAreNormal { get; init; }

    /// <summary>How a map gives the score of its image, as text: see <see cref="ImageScore"/>.</summary>
    public string ImageScoreOfMap { get; init; } = ImageScore.Max.ToString();

    [JsonIgnore]
    public ImageScore ImageScore => ImageScore.Parse(ImageScoreOfMap).IfFail(ImageScore.Max);

    public string? ImageLabels { get; init; }

    public double? IgnoreValue { get; init; }

    public string? Ignore { get; init; }

    public bool ResizeMasks { get; init; }

    public bool ResizeMaps { get; init; }

    public bool LowerIsAnomalous { get; init; }

    /// <summary>Whether maps without masks and labels are of normal images alone.</summary>
    [JsonIgnore]
    public bool AreNormalAlone { get; init; }

    /// <summary>Whether every row of scores is normal, and no label is read.</summary>
    [JsonIgnore]
    public bool RowsAreNormal { get; init; }

    /// <summary>The data's name in the report.</summary>
    [JsonIgnore]
    public string Title => (Folder ?? Scores ?? Maps) is { } path ? DataName.Of(path) : "";

    /// <summary>The same files by their whole paths, as other processes find them.</summary>
    [JsonIgnore]
    public EvaluateInput Whole => WithPaths(Path.GetFullPath);

    /// <summary>All paths that are named.</summary>
    [JsonIgnore]
    public IEnumerable<string> Paths => new[] { Folder, Maps, Masks, Ignore, ImageScores, ImageLabels, Scores }.OfType<string>();

    /// <summary>All that is read, with the options that name it.</summary>
    [JsonIgnore]
    public Seq<NamedFile> Files =>
        Seq(
                ("DIR", Folder),
                ("--maps", Maps),
                ("--masks", Masks),
                ("--ignore", Ignore),
                ("--image-scores", ImageScores),
                ("--image-labels", ImageLabels),
                ("--scores", Scores)
            )
            .Bind(named => Optional(named.Item2).Map(path => new NamedFile(named.Item1, path)).ToSeq());

    /// <summary>Why there are no pixels, as the end of a sentence; null where there are.</summary>
    [JsonIgnore]
    public string? NoPixels => OfMaps(this) ?? (IsLabelledAlone ? "without --masks" : null);

    /// <summary>The same with other paths.</summary>
    public EvaluateInput WithPaths(Func<string, string> change)
    {
        return this with
        {
            Folder = Of(Folder),
            Maps = Of(Maps),
            Masks = Of(Masks),
            ImageScores = Of(ImageScores),
            ImageLabels = Of(ImageLabels),
            Ignore = Of(Ignore),
            Scores = Of(Scores),
        };

        string? Of(string? path) => path is null ? null : change(path);
    }

    [JsonIgnore]
    public MapRules Rules =>
        new()
        {
            MaskThreshold = MaskThreshold,
            NormalFolders = NormalFolders,
            UnmaskedAreNormal = UnmaskedAreNormal,
            IgnoreValue = IgnoreValue,
            Ignore = Ignore,
            Resize =
                ResizeMasks ? Resizing.Masks
                : ResizeMaps ? Resizing.Maps
                : Resizing.None,
            ImageLabels = ImageLabels is null
                ? null
                : new(ImageLabels)
                {
                    FileColumn = FileColumn,
                    LabelColumn = LabelColumn,
                    PositiveLabels = PositiveLabels,
                    NormalLabels = NormalLabels,
                },
        };

    public static OptionSet<EvaluateInput> Options { get; } =
        OptionSet<EvaluateInput>
            .None.Text(
                "--maps",
                "PATH",
                "anomaly maps: a folder, a pattern such as 'maps/{name}.tiff', or a .npy/.npz stack of shape (N, H, W) (FILE.npz:name)",
                (input, path) => input with { Maps = path }
            )
            .Text(
                "--masks",
                "PATH",
                "masks of the maps: a folder, a pattern such as 'masks/{name}/*.png' (several of a name are united), or a stack",
                (input, path) => input with { Masks = path }
            )
            .Text(
                "--image-scores",
                "PATH",
                "scores of the images: .npy in map order, or a table of file and score [default: each map's maximum]",
                (input, path) => input with { ImageScores = path },
                OfMaps
            )
            .Parsed(
                "--image-score",
                "max|mean|top:Q",
                "how a map gives its image's score: its largest pixel, the mean of all, or of the share Q of the largest (top:0.01) [default: max]",
                ImageScore.Parse,
                (input, how) => input with { ImageScoreOfMap = how.ToString() },
                input => OfMaps(input) ?? (input.ImageScores is null ? null : "beside --image-scores")
            )
            .Text(
                "--scores",
                "FILE",
                $"labelled scores: {ScoreFile.LabelledExtensions} with an array for each column",
                (input, path) => input with { Scores = path }
            )
            .Text(
                "--score-column",
                "NAME",
                "the column of scores [default: score]",
                (input, name) => input with { ScoreColumn = name },
                OfScores
            )
            .Text(
                "--file-column",
                "NAME",
                "the column of image files in --image-scores and --image-labels [default: file]",
                (input, name) => input with { FileColumn = name },
                input => input.ImageScores is null && input.ImageLabels is null ? "without --image-scores or --image-labels" : null
            )
            .Text(
                "--label-column",
                "NAME",
                "the column of labels [default: label]",
                (input, name) => input with { LabelColumn = name },
                OfLabels
            )
            .Texts(
                "--positive-label",
                "TEXT",
                "a label that means anomalous, any number of times; '*' is every label that is not named [default: 1 or true]",
                (input, texts) => input with { PositiveLabels = texts },
                OfLabels
            )
            .Texts(
                "--normal-label",
                "TEXT",
                "a label that means normal, any number of times; '*' is every label that is not named [default: 0 or false]",
                (input, texts) => input with { NormalLabels = texts },
                OfLabels
            )
            .Number(
                "--mask-threshold",
                "mask values of at least this are anomalous; of a palette of colours, its indices [default: all masks hold 0 and 1, or all 0 and 255]",
                double.IsFinite,
                "a finite number",
                (input, least) => input with { MaskThreshold = least },
                input => input.NoPixels
            )
            .Texts(
                "--normal-folder",
                "NAME",
                "a folder whose images are normal and need no mask, beside good, ok and normal; any number of times",
                (input, names) => input with { NormalFolders = names },
                OfFolders
            )
            .Choice(
                "--unmasked",
                "normal",
                "a map without a mask is normal wherever it lies",
                input => input with { UnmaskedAreNormal = true },
                OfFolders
            )
            .Text(
                "--image-labels",
                "FILE",
                "a table of file and label, which wins over masks and folders; without --masks the image level alone",
                (input, path) => input with { ImageLabels = path },
                OfMaps
            )
            .Number(
                "--ignore-value",
                "mask pixels of this value are left out of everything, whatever other masks of the image say",
                double.IsFinite,
                "a finite number",
                (input, value) => input with { IgnoreValue = value },
                input => input.NoPixels
            )
            .Text(
                "--ignore",
                "PATH",
                "further masks whose pixels are left out of everything: a folder, a pattern or a stack",
                (input, path) => input with { Ignore = path },
                OfMaps
            )
            .Flag(
                "--resize-masks",
                "bring masks of another size to the size of their maps: nearest pixel",
                input => input with { ResizeMasks = true },
                OfMasks
            )
            .Flag(
                "--resize-maps",
                "bring maps of another size to the size of their masks: bilinear",
                input => input with { ResizeMaps = true },
                OfMasks
            )
            .Flag(
                "--lower-is-anomalous",
                "low scores are the anomalous ones (scikit-learn's IsolationForest)",
                input => input with { LowerIsAnomalous = true }
            );

    private static string? OfScores(EvaluateInput input) =>
        input.ImageScores is null && input.Scores is null ? "without --scores or --image-scores" : null;

    private static string? OfLabels(EvaluateInput input) =>
        input.RowsAreNormal ? "with --unlabelled normal, which reads no label"
        : input.ImageLabels is null && input.Scores is null ? "without --scores or --image-labels"
        : null;

    private static string? OfMasks(EvaluateInput input) =>
        OfMaps(input) ?? (input.Folder is null && input.Masks is null && input.Ignore is null ? "without --masks" : null);

    private static string? OfFolders(EvaluateInput input) =>
        input.NoPixels
        ?? (
            input.Maps is { } maps && input.Masks is not null && !MapDataset.IsFolder(maps) && File.Exists(maps)
                ? "on a file of maps"
                : null
        );

    /// <summary>Whether the labels of the images are all that is known.</summary>
    private bool IsLabelledAlone => Folder is null && Masks is null && ImageLabels is not null;

    private static string? OfMaps(EvaluateInput input) => input.Scores is null ? null : "on --scores";
}
