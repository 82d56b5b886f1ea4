using System.CommandLine;
using System.Runtime.InteropServices;
using FunctionalMetrics.Cli;

// Work runs beside the signal handlers, so that Ctrl-C is answered even in the middle of a long computation; only the writing of
// output files is waited for, and that leaves either all of them or none.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var work = Task.Run(() => Run(args, stop.Token));
try
{
    return await work.WaitAsync(stop.Token);
}
catch (OperationCanceledException)
{
    await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(5)));
    return work is { IsCompletedSuccessfully: true, Result: Exit.Done } ? Exit.Done : Exit.Interrupted;
}
catch (Exception bug)
{
    Console.Error.WriteLine($"fmetrics: this is a bug, please report it: {bug}");
    return Exit.Bug;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static int Run(string[] args, CancellationToken cancel)
{
    var root = new RootCommand(
        "Exact anomaly-detection metrics: AUROC, AUPR, average precision, AUPRO, optimal F1 and threshold, of scores or of maps and masks."
    )
    {
        EvaluateCommand.Create(cancel),
        DescribeCommand.Create(cancel),
        TableCommand.Create(cancel),
        MergeCommand.Create(cancel),
        ShowCommand.Create(cancel),
        SiloCommand.Create(cancel),
    };
    Help.ShowExamples(root);
    var parsed = root.Parse(args);
    if (args.Length == 0)
        return Exit.Refuse($"a command is needed: {string.Join(", ", root.Subcommands.Select(known => known.Name))}; see fmetrics --help");
    if (Arguments.Strange(parsed) is { } strange)
        return Exit.Refuse(strange);
    if (parsed.Errors is [var error, ..] && !Help.IsAsked(parsed))
        return Exit.Refuse(error.Message);
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
