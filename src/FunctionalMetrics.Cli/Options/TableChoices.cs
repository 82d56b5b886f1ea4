using System.Collections.Immutable;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Which numbers a table of categories has, and where it goes.</summary>
internal sealed record TableChoices
{
    public ImmutableArray<string> Columns { get; init; } = [];

    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The files with what each is to hold.</summary>
    public Fin<Seq<(string Path, Func<CategoryTable, string> Text)>> Texts =>
        Files.ToSeq().Map(path => TableText.For(path).Map(text => (path, text))).Sequence();

    /// <param name="name">What the option that names a file is called.</param>
    public static OptionSet<TableChoices> Options(string name) =>
        OptionSet<TableChoices>
            .None.Text(
                "--columns",
                "KEY,KEY",
                "the numbers of the table by their paths in the JSON, such as image.auroc,pixel.aupro [default: AUROC, AP, F1 and AUPRO]",
                (choices, keys) =>
                    choices with
                    {
                        Columns = [.. keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
                    }
            )
            .Texts(
                name,
                "FILE",
                "write the table as Markdown (.md), LaTeX (.tex), CSV (.csv) or JSON (.json); any number of times",
                (choices, files) => choices with { Files = files }
            );
}
