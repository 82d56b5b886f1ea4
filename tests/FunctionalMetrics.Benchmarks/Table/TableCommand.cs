using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// The table: every row in a process of its own, its peers in the same process or started by it. Prints Markdown.
/// </summary>
internal static class TableCommand
{
    private const int Seed = 20_25;

    /// <summary>The table as users ask for it.</summary>
    public static Command Table()
    {
        var images = new Option<int>("--images") { Description = "images of 512 x 512", DefaultValueFactory = _ => 38 };
        var large = new Option<string>("--large") { Description = "images of the large stack, or none", DefaultValueFactory = _ => "380" };
        var rows = new Option<string?>("--rows")
        {
            Description = $"only these, with commas: {string.Join(",", Rows.All.Select(r => r.Name))}",
        };
        var maps = new Option<string?>("--maps") { Description = "float32 maps (N, H, W) of your own instead, .npy" };
        var masks = new Option<string?>("--masks") { Description = "and their uint8 masks" };
        var data = new Option<string?>("--data") { Description = "a folder that keeps the made maps for the next run" };
        var command = new Command("table", "Measure every row, with peers, and print the table.")
        {
            images,
            large,
            rows,
            maps,
            masks,
            data,
        };
        large.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string>() is var value && value != "none" && !int.TryParse(value, out _))
                given.AddError($"--large is {value}; it must be a number of images, or none");
        });
        command.SetAction(parsed =>
        {
            var kept = parsed.GetValue(data) is { } given ? Directory.CreateDirectory(given) : null;
            var folder = kept ?? Directory.CreateTempSubdirectory("functional-metrics-");
            try
            {
                var (ownMaps, ownMasks) = parsed.GetValue(maps) is { } own
                    ? (own, parsed.GetValue(masks) ?? throw new ArgumentException("--maps needs --masks"))
                    : Inputs.Made(folder.FullName, "small", parsed.GetValue(images), Seed);
                var (largeMaps, largeMasks) = int.TryParse(parsed.GetValue(large), out var many)
                    ? Inputs.Made(folder.FullName, "large", many, Seed + 1)
                    : ((string?)null, (string?)null);
                return Print(new(ownMaps, ownMasks, largeMaps, largeMasks), parsed.GetValue(rows)?.Split(','));
            }
            finally
            {
                if (kept is null)
                    folder.Delete(recursive: true);
            }
        });
        return command;
    }

    /// <summary>One row, as a child process measures it.</summary>
    public static Command Row() =>
        OfInputs(
            "row",
            "Measure one row on given files.",
            (name, inputs) =>
            {
                foreach (var line in Rows.All.Single(row => row.Name == name).Measure(inputs))
                    Console.WriteLine(line);
            }
        );

    /// <summary>The bytes of one state, as a child process holds it.</summary>
    public static Command Bytes() =>
        OfInputs(
            "bytes",
            "Measure the memory of one state on given files.",
            (name, inputs) => Console.WriteLine(HeldStates.Bytes(name, inputs))
        );

    /// <summary>The time of a whole run, as a child process with its number of processors takes it, and what it found.</summary>
    public static Command Time() =>
        OfInputs(
            "time",
            "Measure a whole run on given files, in nanoseconds per pixel, and print what it found.",
            (name, inputs) => Console.WriteLine(JsonSerializer.Serialize(WholeRuns.Run(name, inputs)))
        );

    private static Command OfInputs(string verb, string description, Action<string, Inputs> measure)
    {
        var name = new Argument<string>("name");
        var (options, parse) = Inputs.Option();
        var command = new Command(verb, description) { name };
        foreach (var option in options)
            command.Add(option);
        command.SetAction(parsed =>
        {
            PixelResults.Warm();
            measure(parsed.GetValue(name)!, parse(parsed));
        });
        return command;
    }

    private static int Print(Inputs inputs, string[]? wanted)
    {
        if (wanted?.FirstOrDefault(name => Rows.All.All(row => row.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"there is no row {unknown}; the rows are {string.Join(", ", Rows.All.Select(row => row.Name))}");
            return 2;
        }
        Console.WriteLine(Where());
        Console.WriteLine();
        Console.WriteLine(Line.Header);
        var failed = Rows
            .All.Where(row => wanted?.Contains(row.Name) ?? true)
            .Where(row => inputs.HasLarge || !row.NeedsLarge)
            .Where(row => Child.Run(["row", row.Name, .. inputs.Arguments], row.Processors) != 0)
            .Select(row => row.Name)
            .ToArray();
        if (failed.Length > 0)
            Console.Error.WriteLine($"rows that failed: {string.Join(", ", failed)}");
        return failed.Length > 0 ? 1 : 0;
    }

    private static string Where() =>
        FormattableString.Invariant(
            $"{Processor()}, {Environment.ProcessorCount} cores, {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)}-bit vectors, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}"
        );

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':')[1]
                .Trim()
                ?? "unknown processor"
            : "unknown processor";
}
