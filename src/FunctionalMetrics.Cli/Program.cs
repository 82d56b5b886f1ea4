using System.Runtime.InteropServices;
using FunctionalMetrics.Cli;

// Work runs beside the signal handlers, so that Ctrl-C is answered even in the middle of a long computation; only the writing of
// output files is waited for, and that leaves either all of them or none.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var work = Task.Run(() => Tool.Run(args, Streams.OfProcess, stop.Token));
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
    Streams.OfProcess.Error.WriteLine($"fmetrics: this is a bug, please report it: {bug}");
    return Exit.Bug;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
