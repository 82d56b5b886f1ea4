using System.CommandLine;
using System.Diagnostics;

namespace FunctionalMetrics.Campaigns;

/// <summary>
/// An evaluation that writes over good outputs is killed, as nothing can prepare for: each output is then the old one or the new one, whole, and the
/// inputs are what they were.
/// </summary>
internal static class KillCampaign
{
    private const int Rows = 20_000;
    private static readonly string[] Outputs = ["o.json", "r.html", "s.fms"];

    private static readonly string Tool = Repository.Path(
        "src",
        "FunctionalMetrics.Cli",
        "bin",
        Repository.Configuration,
        "net10.0",
        "fmetrics.dll"
    );

    public static Command Command()
    {
        var (seed, count) = (Options.Seed(), Options.Count(50));
        var command = new Command("kills", "Kill evaluations that write over good outputs.") { seed, count };
        command.SetAction(parsed => Run(new(parsed.GetValue(seed), parsed.GetValue(count))).Print(Console.Out).IsGood ? 0 : 1);
        return command;
    }

    public static Tally Run(Effort effort)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.csv", Table(1));
        folder.Write("b.csv", Table(2));
        var (old, _) = Finished(folder, "a.csv");
        var (made, milliseconds) = Finished(folder, "b.csv");
        var (oldInOrder, names) = (0, 0);
        var tally = effort.Run(
            "kills",
            seed =>
            {
                foreach (var (name, bytes) in Outputs.Zip(old))
                    folder.Write(name, bytes);
                using (var run = Started(folder, "b.csv"))
                {
                    // Most of them while files are written, which is at the end.
                    run.WaitForExit((int)(milliseconds * (0.6 + new Random(seed).NextDouble() / 2)));
                    run.Kill();
                    run.WaitForExit();
                }
                var found = Outputs.Select(name => File.ReadAllBytes(folder.File(name))).ToList();
                for (var i = 0; i < Outputs.Length; i++)
                    if (!found[i].AsSpan().SequenceEqual(old[i]) && !found[i].AsSpan().SequenceEqual(made[i]))
                        return $"seed {seed}: {Outputs[i]} is neither the old one nor the new one, but {found[i].Length} bytes";
                if (File.ReadAllText(folder.File("b.csv")) != Table(2))
                    return $"seed {seed}: the input is another one";
                oldInOrder += found[0].AsSpan().SequenceEqual(old[0]) ? 1 : 0;
                names = Math.Max(names, folder.Names.Length);
                return null;
            }
        );
        Console.WriteLine(
            $"  {oldInOrder} runs were killed before they wrote; at most {names - Outputs.Length - 2} hidden files were left"
        );
        return tally;
    }

    private static (byte[][] Outputs, double Milliseconds) Finished(TemporaryFolder folder, string table)
    {
        var clock = Stopwatch.StartNew();
        using var run = Started(folder, table);
        run.WaitForExit();
        return run.ExitCode == 0
            ? ([.. Outputs.Select(name => File.ReadAllBytes(folder.File(name)))], clock.Elapsed.TotalMilliseconds)
            : throw new InvalidOperationException(run.StandardError.ReadToEnd());
    }

    private static Process Started(TemporaryFolder folder, string table)
    {
        var run = Process.Start(
            DotnetCommand.In(
                folder.Path,
                [Tool, "evaluate", "--scores", table, "--json", "o.json", "--report", "r.html", "--state", "s.fms", "--quiet"]
            )
        )!;
        run.StandardInput.Close();
        return run;
    }

    private static string Table(int seed)
    {
        var random = new Random(seed);
        return "score,label\n"
            + string.Concat(
                Enumerable
                    .Range(0, Rows)
                    .Select(row => FormattableString.Invariant($"{random.NextDouble() + row % 3 / 9.0},{(row % 3 == 0 ? 1 : 0)}\n"))
            );
    }
}
