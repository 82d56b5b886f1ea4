using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalMetrics.Cli;

/// <summary>By which rule a threshold is chosen, on which data, and where it goes.</summary>
internal sealed record ThresholdChoices
{
    private const string List = "list";

    public EvaluateInput Input { get; init; } = new();

    /// <summary>The rule; null where the rules themselves are asked for.</summary>
    public ThresholdRule? Rule { get; init; } = RuleForm.Parse("f1").IfFail(_ => null!);

    /// <summary>Whether each folder is a category.</summary>
    public bool Categories { get; init; }

    /// <summary>Whether a threshold is chosen for each of several categories.</summary>
    public bool AreCategories => Categories || CategoryInputs.AreNamed(Input);

    public string Level { get; init; } = Levels.Image;

    public string? File { get; init; }

    public bool Quiet { get; init; }

    public static OptionSet<ThresholdChoices> Options { get; } =
        OptionSet<ThresholdChoices>
            .None.And(EvaluateInput.Options, choices => choices.Input, (choices, input) => choices with { Input = input })
            .Parsed(
                "--rule",
                "RULE|list",
                "the rule, such as max-fpr:0.01, cost:10:1:0.02 or conformal:0.01; list explains each [default: f1]",
                text => text == List ? new Named(null) : RuleForm.Parse(text).Map(rule => new Named(rule)),
                (choices, named) => choices with { Rule = named.Rule }
            )
            .Choice(
                "--unlabelled",
                "normal",
                "every row of --scores is of a normal part, and no label is read; for rules that good data are enough for",
                choices => choices with { Input = choices.Input with { RowsAreNormal = true } },
                choices =>
                    choices.Input.Scores is null ? "without --scores"
                    : choices.Rule is { NeedsNormalRowsOnly: false } rule ? $"with the rule {rule.Text}, which needs anomalous rows"
                    : null
            )
            .Parsed(
                "--level",
                "image|pixel",
                "the scores that it is chosen on: of images (and rows), or of pixels [default: image]",
                text =>
                    text is Levels.Image or Levels.Pixel
                        ? LanguageExt.Prelude.FinSucc(text)
                        : Error.New($"'{text}' is no level; it must be {Levels.Image} or {Levels.Pixel}"),
                (choices, level) => choices with { Level = level }
            )
            .Flag(
                "--categories",
                "each folder in DIR is a category with a threshold of its own; {category} in --out, and in a pattern, is its name",
                choices => choices with { Categories = true }
            )
            .Text(
                "--out",
                "FILE",
                "write the threshold as JSON, for evaluate --threshold (or --pixel-threshold) on other data",
                (choices, path) => choices with { File = path }
            )
            .Flag("--quiet", "print nothing but errors", choices => choices with { Quiet = true });

    /// <summary>Explains each rule.</summary>
    public static void Explain(TextWriter to)
    {
        foreach (var form in RuleForm.All)
        {
            to.WriteLine(form.Text);
            to.WriteLine($"    {form.Meaning}");
            to.WriteLine($"    = {form.Formula}");
        }
    }

    private sealed record Named(ThresholdRule? Rule);
}
