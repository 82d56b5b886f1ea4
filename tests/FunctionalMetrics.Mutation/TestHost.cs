using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FunctionalMetrics.Mutation;

/// <summary>Test cases of one class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Cases">The cases by their id, each with the seconds that it may take; all cases where there are none.</param>
internal sealed record Batch(string Class, Dictionary<string, double> Cases);

/// <summary>What the test host is to do.</summary>
/// <param name="Assembly">The tests.</param>
/// <param name="Batches">What is run, one after the other; the classes are listed where there is nothing.</param>
/// <param name="Results">The file to which a line is added for each case.</param>
/// <param name="Touched">The folder of folders in which touched mutants are noted for each case; null where nothing is noted.</param>
internal sealed record Plan(string Assembly, IReadOnlyList<Batch> Batches, string Results, string? Touched)
{
    /// <summary>How long a case may take of which nothing is known.</summary>
    public const double Patience = 90;
}

/// <summary>
/// Runs single test cases in this process, one at a time, until one fails. It is started beside the tests, with what they were built with, and
/// costs less than a second beyond the tests.
/// </summary>
internal sealed class TestHost(Plan plan)
{
    /// <summary>A case has failed.</summary>
    public const int Failed = 1;

    private readonly Lock turn = new();
    private (string Id, long Start, double Seconds)? current;
    private Dictionary<string, double> limits = [];
    private bool failed;

    /// <returns>The exit code.</returns>
    public static int Run(string file) => new TestHost(JsonSerializer.Deserialize<Plan>(File.ReadAllText(file))!).Run();

    /// <summary>The folder in which a case's mutants are noted, and that of what lies between cases.</summary>
    public static string Folder(string touched, string id) => Path.Combine(touched, id);

    private int Run()
    {
        var assembly = Assembly.LoadFrom(plan.Assembly);
        using var framework = new XunitTestFramework(new NullMessageSink());
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        using var executor = framework.GetExecutor(assembly.GetName());
        if (plan.Batches.Count == 0)
        {
            foreach (var name in Cases(discoverer, null).Select(one => one.TestMethod.TestClass.Class.Name).Distinct())
                Say(name);
            return 0;
        }
        new Thread(Watch) { IsBackground = true }.Start();
        foreach (var batch in plan.Batches)
        {
            Begin("between");
            var cases = Cases(discoverer, batch.Class);
            // What a mutant made of the data of a theory has other ids: then all of the class are run.
            if (batch.Cases.Keys.All(id => cases.Exists(one => one.UniqueID == id)))
                cases = [.. cases.Where(one => batch.Cases.Count == 0 || batch.Cases.ContainsKey(one.UniqueID))];
            limits = batch.Cases;
            using var ended = new ManualResetEventSlim();
            executor.RunTests(cases, new Until(this, ended), new Options());
            ended.Wait();
            if (failed && plan.Touched is null)
                return Failed;
        }
        return failed ? Failed : 0;
    }

    private static List<ITestCase> Cases(ITestFrameworkDiscoverer discoverer, string? name)
    {
        var found = new Found();
        if (name is null)
            discoverer.Find(false, found, new Options());
        else
            discoverer.Find(name, false, found, new Options());
        found.Ended.Wait();
        return found.Cases;
    }

    /// <returns>Whether more is run.</returns>
    private bool Hear(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseStarting { TestCase: var one }:
                Begin(one.UniqueID);
                current = (one.UniqueID, Stopwatch.GetTimestamp(), limits.GetValueOrDefault(one.UniqueID, Plan.Patience));
                break;
            case ITestFailed fault:
                failed = true;
                Say($"failed\t{fault.TestCase.UniqueID}\t0\t{fault.Test.DisplayName}\t{fault.Messages.FirstOrDefault()}");
                break;
            case ITestCaseFinished { TestCase: var one } end:
                var seconds = current is { } it ? Stopwatch.GetElapsedTime(it.Start).TotalSeconds : 0;
                current = null;
                if (end.TestsFailed == 0)
                    Say(FormattableString.Invariant($"passed\t{one.UniqueID}\t{seconds:0.000}\t{one.DisplayName}"));
                Begin("between");
                break;
            // What is not a test's own: a fixture that cannot be made.
            case IErrorMessage error:
                failed = true;
                Say($"failed\tnone\t0\tno test\t{error.Messages.FirstOrDefault()}");
                break;
        }
        return plan.Touched is not null || !failed;
    }

    /// <summary>From here on mutants are noted for another case, in this process and in those that it starts.</summary>
    private void Begin(string id)
    {
        if (plan.Touched is null)
            return;
        var folder = Directory.CreateDirectory(Folder(plan.Touched, id)).FullName;
        Environment.SetEnvironmentVariable(Switch.Touched, folder);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            assembly.GetType(Switch.Type)?.GetMethod(Switch.Begin)!.Invoke(null, [folder]);
    }

    /// <summary>Ends the process where a case takes too long; what it has started is ended by who started this.</summary>
    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(200);
            if (current is { } one && Stopwatch.GetElapsedTime(one.Start).TotalSeconds > one.Seconds)
            {
                Say($"late\t{one.Id}\t{one.Seconds}\t");
                Process.GetCurrentProcess().Kill();
            }
        }
    }

    private void Say(string line)
    {
        lock (turn)
            File.AppendAllText(plan.Results, $"{line.ReplaceLineEndings(" ")}\n");
    }

    private sealed class Until(TestHost host, ManualResetEventSlim ended) : IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message)
        {
            var more = host.Hear(message);
            if (message is ITestAssemblyFinished)
                ended.Set();
            return more;
        }
    }

    private sealed class Found : IMessageSink
    {
        public List<ITestCase> Cases { get; } = [];

        public ManualResetEventSlim Ended { get; } = new();

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestCaseDiscoveryMessage one)
                Cases.Add(one.TestCase);
            if (message is IDiscoveryCompleteMessage)
                Ended.Set();
            return true;
        }
    }

    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object> values = new()
        {
            ["xunit.discovery.PreEnumerateTheories"] = true,
            ["xunit.discovery.SynchronousMessageReporting"] = true,
            ["xunit.execution.SynchronousMessageReporting"] = true,
            ["xunit.execution.DisableParallelization"] = true,
        };

        public TValue GetValue<TValue>(string name) => values.TryGetValue(name, out var value) ? (TValue)value : default!;

        public void SetValue<TValue>(string name, TValue value) => values[name] = value!;
    }
}
