using System.CommandLine;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics table</c>: from the JSON of several evaluations to one table of categories and detectors.</summary>
internal static class TableCommand
{
    private static readonly OptionSet<TableChoices> Options = TableChoices.Options("--out");

    public static Command Create(Streams streams, CancellationToken cancel)
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "JSON of evaluate: of one category each (--category, else the file's name), or of several (--categories)",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("table", "Results as papers print them: a row for each category, their mean, detectors side by side.")
        {
            files,
        };
        Options.AddTo(command);
        command.SetAction(parsed => streams.End(Run(parsed.GetValue(files)!, Options.Read(parsed, new()), streams, cancel)));
        return command;
    }

    private static Fin<Unit> Run(string[] files, TableChoices choices, Streams streams, CancellationToken cancel)
    {
        var output = new Output(streams, None, false);
        return from ready in output.Check(choices.Files.ToSeq())
            from apart in output.Spares(
                choices.Files.ToSeq().Map(path => new NamedFile("--out", path)),
                files.ToSeq().Map(path => new NamedFile("FILES", path))
            )
            from texts in choices.Texts
            from results in files.ToSeq().Map(CategoryResult.Read).Sequence()
            from table in CategoryTable.Of([.. results.Flatten()], choices.Columns)
            from written in output.Write(
                () => [],
                to => TableText.Write(table, to),
                texts.Map(file => (file.Path, Output.Content(file.Text(table)))),
                cancel
            )
            select written;
    }
}
