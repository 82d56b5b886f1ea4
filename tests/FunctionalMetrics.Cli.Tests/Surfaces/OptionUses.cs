using FunctionalMetrics.Core;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>An option with a value, the world that it is used on, and what the oracle makes of it.</summary>
/// <param name="Option">Its name, without dashes.</param>
/// <param name="World">Which of <see cref="PlainWorld.All"/>, by the first of its arguments.</param>
/// <param name="Arguments">It and its value; with further options where it needs them.</param>
/// <param name="Effect">What it changes of the rules.</param>
internal sealed record OptionUse(string Option, int World, string[] Arguments, Func<PlainRules, PlainRules> Effect)
{
    /// <summary>The arguments that name the data, where they are others than those of the world.</summary>
    public string[] Instead { get; init; } = [];

    public override string ToString() => $"{string.Join(' ', Arguments)} (world {World})";
}

/// <summary>A use of every option, or where else it is tested.</summary>
internal static class OptionUses
{
    private const int Rows = 0;
    private const int Normals = 1;
    private const int Set = 2;
    private const int Doubles = 3;
    private const int Odd = 4;
    private const int Sized = 5;
    private const int Stack = 6;
    private const int Labelled = 7;

    /// <summary>Ways of evaluating, which every use is combined with.</summary>
    public static readonly string[] Ways = ["approximate", "max-memory", "state", "keep-images", "cluster", "cluster-id"];

    /// <summary>Options that change neither a number nor a label of a surface, or surfaces of their own, and the tests that have them.</summary>
    public static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["maps"] = "the worlds",
        ["masks"] = "the worlds",
        ["scores"] = "the worlds",
        ["json"] = "every run",
        ["report"] = "every run",
        ["verify"] = nameof(ClusterTests),
        ["certificate"] = nameof(SiloTests),
        ["authority"] = nameof(SiloTests),
        ["dry-run"] = nameof(DryRunTests),
        ["categories"] = nameof(CategoryTests),
        ["table"] = nameof(CategoryTests),
        ["columns"] = nameof(CategoryTests),
        ["defects-config"] = nameof(DefectTests),
        ["photos"] = nameof(ReportTests),
        ["replicates"] = nameof(IntervalTests),
        ["seed"] = nameof(IntervalTests),
        ["regions"] = nameof(ImagesTests),
    };

    /// <summary>Every number that can be asked for by name, as its example writes it, and some that small data define.</summary>
    private static readonly string[] Asked =
    [
        .. NumberForm.All.Select(form => form.Example),
        "logauroc@0.1:0.5",
        "recall@precision=0.5",
        "tpr@fpr=0.3",
        "aupro@1",
        "precision@n=3",
    ];

    private static readonly string[] AskedOfRows =
    [
        .. Asked.Where(name => !name.StartsWith("aup", StringComparison.Ordinal) || name.StartsWith("aupr-", StringComparison.Ordinal)),
    ];

    private static readonly string[] AskedOfImages = ["aupimo", "aupimo@0.1:0.5", "auroc"];

    public static readonly OptionUse[] All =
    [
        Use(Rows, "--score-column second", rules => rules with { ScoreColumn = "second" }),
        Use(Rows, "--label-column other", rules => rules with { LabelColumn = "other" }),
        Use(Rows, "--positive-label crack --label-column kind", rules => rules with { LabelColumn = "kind", Positive = ["crack"] }),
        Use(
            Rows,
            "--positive-label * --normal-label ok --label-column kinds",
            rules => rules with { LabelColumn = "kinds", Positive = ["*"], Normal = ["ok"] }
        ),
        Use(
            Rows,
            "--normal-label fine --normal-label ok --label-column kinds --positive-label *",
            rules => rules with { LabelColumn = "kinds", Positive = ["*"], Normal = ["fine", "ok"] }
        ),
        Use(
            Rows,
            "--normal-label * --positive-label hole --label-column kinds",
            rules => rules with { LabelColumn = "kinds", Positive = ["hole"], Normal = ["*"] }
        ),
        .. Enumerable.Range(0, 8).Select(world => Use(world, "--lower-is-anomalous", rules => rules with { Lower = true })),
        Use(Set, "--image-scores set/scores.csv", rules => rules with { GivenScores = true }),
        Use(Set, "--file-column picture --image-scores set/pictures.csv --score-column second", rules => rules with { GivenScores = true }),
        Use(Set, "--image-score mean", rules => rules with { ScoredBy = "mean" }),
        Use(Odd, "--image-score top:0.3", rules => rules with { ScoredBy = "top:0.3" }),
        Use(Labelled, "--image-score top:0.25", rules => rules with { ScoredBy = "top:0.25" }),
        Use(
            Odd,
            "--mask-threshold 1.5 --ignore-value 1",
            rules => rules with { MaskThreshold = 1.5, IgnoreValue = 1 },
            "odd",
            "--unmasked",
            "normal"
        ),
        Use(Set, "--mask-threshold 1", rules => rules with { MaskThreshold = 1 }),
        Use(
            Odd,
            "--normal-folder fine",
            rules => rules with { UnmaskedNormal = false, NormalFolders = ["good", "fine"] },
            "odd",
            "--ignore-value",
            "2"
        ),
        Use(Odd, "--unmasked normal", rules => rules with { IgnoreValue = null, MaskThreshold = 1 }, "odd", "--mask-threshold", "1"),
        Use(Set, "--image-labels set/labels.csv", rules => rules with { GivenLabels = true }),
        Use(Odd, "--ignore-value 2 --mask-threshold 1", rules => rules with { MaskThreshold = 1 }, "odd", "--unmasked", "normal"),
        Use(Set, "--ignore set/ignore", rules => rules with { IgnoreMasks = true }),
        Use(Stack, "--ignore stack/ignore.npy", rules => rules with { IgnoreMasks = true }),
        Use(Sized, "--resize-masks", rules => rules, "sized"),
        Use(Sized, "--resize-maps", rules => rules with { ResizeMasks = false, ResizeMaps = true }, "sized"),
        Use(Set, "--fpr-limit 0.05", rules => rules with { FprLimit = 0.05 }),
        Use(Doubles, "--fpr-limit 1", rules => rules with { FprLimit = 1 }),
        Use(Normals, "--default-threshold 0.1", rules => rules with { DefaultThreshold = 0.1 }),
        Use(Rows, "--threshold 0.328125001", rules => rules with { Threshold = 0.328125001 }),
        Use(Normals, "--threshold 9", rules => rules with { Threshold = 9 }),
        Use(Set, "--threshold 0.328125001", rules => rules with { Threshold = 0.328125001 }),
        Use(Set, "--pixel-threshold 0.2", rules => rules with { PixelThreshold = 0.2 }),
        Use(Rows, $"--metrics {string.Join(',', AskedOfRows)}", rules => rules with { Asked = AskedOfRows }),
        Use(Normals, $"--metrics {string.Join(',', AskedOfRows)}", rules => rules with { Asked = AskedOfRows }),
        Use(
            Set,
            $"--metrics {string.Join(',', AskedOfRows)},aupro@0.05,aupro@1",
            rules => rules with { Asked = [.. AskedOfRows, "aupro@0.05", "aupro@1"] }
        ),
        Use(Odd, $"--metrics {string.Join(',', AskedOfImages)}", rules => rules with { Asked = AskedOfImages }),
        Use(Rows, "--intervals 0.9 --replicates 100", rules => rules with { Intervals = true }),
        Use(Set, "--intervals 0.9 --replicates 100", rules => rules with { Intervals = true }),
        Use(Odd, "--images images.csv", rules => rules with { ImageTable = "images.csv" }),
        Use(Odd, "--by-folder", rules => rules with { ByFolder = true }),
        Use(Odd, "--worst 2", rules => rules with { Worst = 2 }),
        Use(Set, "--title A<B", rules => rules with { Title = "A<B" }),
        Use(Set, "--detector Det&1", rules => rules with { Detector = "Det&1" }),
        Use(Rows, "--category bottle", rules => rules with { Category = "bottle" }),
        Use(Rows, "--require image.auroc>1", rules => rules with { Unmet = "required image.auroc>1 does not hold: it is " }),
        Use(Set, "--quiet", rules => rules with { Quiet = true }),
    ];

    private static OptionUse Use(int world, string text, Func<PlainRules, PlainRules> effect, params string[] instead)
    {
        var words = text.Split(' ');
        return new(words[0][2..], world, words, effect) { Instead = instead };
    }
}
