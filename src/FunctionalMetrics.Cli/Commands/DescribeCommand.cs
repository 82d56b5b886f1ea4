using System.CommandLine;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics describe</c>: what unlabelled (normal) scores or maps look like.</summary>
internal static class DescribeCommand
{
    public static Command Create(Streams streams, CancellationToken cancel)
    {
        var command = new Command("describe", "Range and log-moments of scores or maps without labels.");
        DescribeChoices.Options.AddTo(command);
        command.SetAction(parsed =>
        {
            var choices = DescribeChoices.Options.Read(parsed, new());
            return DescribeChoices.Options.Unused(parsed, choices) is { } unused
                ? streams.Refuse(unused)
                : streams.End(Run(choices, streams, cancel));
        });
        return command;
    }

    private static Fin<Unit> Run(DescribeChoices choices, Streams streams, CancellationToken cancel)
    {
        var (output, folder) = (new Output(streams, Optional(choices.Json), choices.Quiet), Optional(choices.Folder));
        return from ready in output.Check(Empty)
            from apart in output.Spares(
                folder
                    .ToSeq()
                    .Bind(path =>
                        Seq(
                            new NamedFile("--out", Path.Combine(path, "log_mean.npy")),
                            new NamedFile("--out", Path.Combine(path, "log_std.npy"))
                        )
                    ),
                Seq(("--scores", choices.Scores), ("--maps", choices.Maps))
                    .Bind(input => Optional(input.Item2).Map(path => new NamedFile(input.Item1, path)).ToSeq())
            )
            from description in choices.Read(output.Progress, cancel)
            from arrays in folder.Map(path => Placed(path, description)).IfNone(Seq<(string, Action<Stream>)>())
            from written in output.Write(description.ToJson, to => Table(to, description), arrays, cancel)
            select folder.Iter(_ => description.Numbers.Bind(Reason).Distinct().Iter(output.Tell));
    }

    private static Fin<Seq<(string Path, Action<Stream> Content)>> Placed(string folder, IDescription description) =>
        description.Arrays.Map(arrays => arrays.Map(array => (Path.Combine(folder, array.Name), array.Content)));

    private static void Table(Streams to, IDescription description)
    {
        var numbers = description.Numbers;
        ResultTable.Write(to, Seq1(("", numbers.Map(number => (number.Name, number.Name, number.Value.IfFail(Evaluation.Undefined))))));
        numbers.Bind(Reason).Distinct().Iter(to.Say);
    }

    private static Seq<string> Reason((string Name, Fin<string> Value) number) =>
        number.Value.Match(_ => Seq<string>(), error => Seq1(error.Message));
}
