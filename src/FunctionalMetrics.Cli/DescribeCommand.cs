using System.CommandLine;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics describe</c>: what unlabelled (normal) scores or maps look like.</summary>
internal static class DescribeCommand
{
    public static Command Create(CancellationToken cancel)
    {
        var scores = Arguments.Text("--scores", "scores: .csv, .tsv, .parquet, .npy or .npz", "FILE");
        var maps = Arguments.Text("--maps", "anomaly maps: a folder, a file, or a .npy/.npz stack of shape (N, H, W)", "PATH");
        var column = Arguments.Text("--score-column", "the column of scores", "NAME", "score");
        var folder = Arguments.Text(
            "--out",
            "write log_mean.npy and log_std.npy, one value for each pixel position, to this folder",
            "DIR"
        );
        var json = Arguments.Text("--json", "write the numbers as JSON to a file, or - for standard output", "FILE|-");
        var quiet = Arguments.Flag("--quiet", "print nothing but errors (and the JSON of --json -)");
        var command = new Command("describe", "Range and log-moments of scores or maps without labels.")
        {
            scores,
            maps,
            column,
            folder,
            json,
            quiet,
        };
        command.SetAction(parsed =>
        {
            var input = new DescribeInput(
                Optional(parsed.GetValue(scores)),
                Optional(parsed.GetValue(maps)),
                parsed.GetValue(column)!,
                Optional(parsed.GetValue(folder))
            );
            return Exit.Of(Run(input, new(Optional(parsed.GetValue(json)), parsed.GetValue(quiet)), cancel));
        });
        return command;
    }

    private static Fin<Unit> Run(DescribeInput input, Output output, CancellationToken cancel) =>
        from ready in output.Check(Empty)
        from description in input.Read(output.Progress, cancel)
        from arrays in input.Folder.Map(folder => Placed(folder, description)).IfNone(Seq<(string, Action<Stream>)>())
        from written in output.Write(description.ToJson, () => Table(description), arrays, cancel)
        select input.Folder.Iter(_ => description.Numbers.Bind(Reason).Distinct().Iter(output.Tell));

    private static Fin<Seq<(string Path, Action<Stream> Content)>> Placed(string folder, IDescription description) =>
        description.Arrays.Map(arrays => arrays.Map(array => (Path.Combine(folder, array.Name), array.Content)));

    private static void Table(IDescription description)
    {
        var numbers = description.Numbers;
        ResultTable.Write(Seq1(("", numbers.Map(number => (number.Name, number.Value.IfFail(Text.Undefined))))));
        numbers.Bind(Reason).Distinct().Iter(line => Console.Out.WriteLine(line));
    }

    private static Seq<string> Reason((string Name, Fin<string> Value) number) =>
        number.Value.Match(_ => Seq<string>(), error => Seq1(error.Message));
}
