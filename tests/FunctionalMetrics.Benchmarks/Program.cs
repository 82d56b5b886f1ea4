using System.CommandLine;
using BenchmarkDotNet.Running;
using FunctionalMetrics.Benchmarks;

// `pixel` and `state` measure whole runs on given files; anything else goes to BenchmarkDotNet, such as --filter '*'.
if (args is not ["pixel" or "state", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(KernelBenchmarks).Assembly).Run(args);
    return 0;
}
return new RootCommand { PixelRun.Command(), StateRun.Command() }
    .Parse(args)
    .Invoke();
