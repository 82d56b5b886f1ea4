using System.Globalization;

namespace FunctionalMetrics.Mutation;

/// <summary>A test case that passes while no mutant is alive.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Id">What the test host knows it by.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Touched">The mutants that it touches.</param>
internal sealed record Case(string Class, string Id, string Name, double Seconds, IReadOnlyList<int> Touched);

/// <summary>Which test case touches which mutants: each class in a process of its own, one case after the other.</summary>
internal static class Recording
{
    /// <param name="copy">The checkout with the mutants.</param>
    /// <param name="tests">The test project.</param>
    /// <param name="to">Where what cannot be used is said.</param>
    public static IReadOnlyList<Case> Of(Checkout copy, string tests, TextWriter to)
    {
        var listed = copy.Host(tests, [], 0, null, TimeSpan.FromMinutes(5));
        if (listed.Exit != 0 || listed.Lines.Count == 0)
            throw new InvalidOperationException($"the tests are not listed, exit {listed.Exit}: {listed.Output}");
        var cases = new List<Case>();
        foreach (var name in listed.Lines)
        {
            var touched = Directory.CreateTempSubdirectory("fmetrics-touched-").FullName;
            try
            {
                var run = copy.Host(tests, [new(name, [])], 0, touched, TimeSpan.FromMinutes(20));
                var between = Notes(Path.Combine(touched, "between"));
                var every = between.Select(note => note.Number).Concat(Once(touched, run.Process)).Distinct().ToList();
                foreach (var fields in run.Lines.Select(line => line.Split('\t')).Where(fields => fields.Length >= 4))
                    if (fields[0] == "passed")
                        cases.Add(
                            new(
                                name,
                                fields[1],
                                fields[3],
                                double.Parse(fields[2], CultureInfo.InvariantCulture),
                                [.. Notes(Path.Combine(touched, fields[1])).Select(note => note.Number).Concat(every).Distinct().Order()]
                            )
                        );
                    else
                        to.WriteLine($"left out, since it fails without a mutant: {string.Join(' ', fields)}");
                if (run.Exit is not (0 or TestHost.Failed))
                    to.WriteLine($"{name} ended with {run.Exit}: {run.Output}");
            }
            finally
            {
                Directory.Delete(touched, recursive: true);
            }
        }
        return cases;
    }

    /// <summary>What was touched once for all cases of the process that ran them.</summary>
    private static IEnumerable<int> Once(string touched, int process) =>
        Directory
            .EnumerateDirectories(touched)
            .SelectMany(folder => Notes(folder, $"{process}"))
            .Where(note => note.Once)
            .Select(note => note.Number);

    private static IEnumerable<(int Number, bool Once)> Notes(string folder, string files = "*") =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, files)
                .SelectMany(File.ReadLines)
                .Select(line =>
                    (int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture), line.EndsWith(Switch.Once, StringComparison.Ordinal))
                )
            : [];
}
