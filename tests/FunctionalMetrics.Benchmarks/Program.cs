using System.CommandLine;
using BenchmarkDotNet.Running;
using FunctionalMetrics.Benchmarks;

// The commands measure whole runs; anything else goes to BenchmarkDotNet, such as --filter '*'.
RootCommand root = new("What the metrics cost.")
{
    TableCommand.Table(),
    TableCommand.Row(),
    TableCommand.Bytes(),
    TableCommand.Time(),
    PixelRun.Command(),
    StateRun.Command(),
    ImageRun.Command(),
    FuzzCommand.Command(),
    BoundedRun.Command(),
    StackCommand.Command(),
};
if (args is [var name, ..] && root.Subcommands.Any(command => command.Name == name))
    return root.Parse(args).Invoke();
BenchmarkSwitcher.FromAssembly(typeof(KernelBenchmarks).Assembly).Run(args);
return 0;
