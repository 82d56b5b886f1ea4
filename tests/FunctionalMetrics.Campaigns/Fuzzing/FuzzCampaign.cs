using System.Collections.Immutable;
using System.CommandLine;
using FunctionalMetrics.IO.Tests;

namespace FunctionalMetrics.Campaigns;

/// <summary>Damaged inputs for every reader and decoder: each gives a value or a typed failure, within the budgets of memory and time.</summary>
internal static class FuzzCampaign
{
    private const int Splices = 8;
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(30);

    public static ImmutableArray<FuzzReader> Readers { get; } = [.. FileReaders.All, .. ByteReaders.All];

    /// <summary>Where inputs are written, in memory where the system has such a place.</summary>
    public static string Folder { get; } = OwnFolder();

    public static Command Command()
    {
        var (seed, count, seconds) = (Options.Seed(), Options.Count(10_000_000), Options.Seconds());
        var readers = new Option<string[]>("--readers")
        {
            Description = $"some of {string.Join(", ", Readers.Select(reader => reader.Name))}; all unless given",
            AllowMultipleArgumentsPerToken = true,
        };
        var finds = new Option<string>("--finds")
        {
            Description = "the folder that inputs are kept in that something was found with",
            DefaultValueFactory = _ => "artifacts/finds",
        };
        var command = new Command(
            "fuzz",
            "Damage sound inputs and read them, each within 16 times its bytes and 64 MB, and within a second."
        )
        {
            readers,
            seed,
            count,
            seconds,
            finds,
        };
        command.SetAction(parsed =>
            Readers
                .Where(reader => parsed.GetValue(readers) is not { Length: > 0 } some || some.Contains(reader.Name))
                .Select(reader =>
                    Run(reader, new(parsed.GetValue(seed), parsed.GetValue(count), parsed.GetValue(seconds)), parsed.GetValue(finds))
                        .Print(Console.Out)
                )
                .ToList()
                .All(tally => tally.IsGood)
                ? 0
                : 1
        );
        return command;
    }

    /// <param name="reader">Who reads.</param>
    /// <param name="effort">How long.</param>
    /// <param name="finds">The folder that finds are kept in; null where none is.</param>
    public static Tally Run(FuzzReader reader, Effort effort, string? finds)
    {
        var path = Path.Combine(Folder, "damaged" + reader.Extension);
        var running = (Seed: effort.Seed, Bytes: Array.Empty<byte>(), Since: Environment.TickCount64);
        using var watch = new Timer(_ => Watch(), null, Hangs, TimeSpan.FromSeconds(1));
        return effort.Run(
            $"fuzz {reader.Name}",
            seed =>
            {
                var bytes = Mutant(reader.Corpus, seed);
                running = (seed, bytes, Environment.TickCount64);
                if (reader.Extension is not null)
                    File.WriteAllBytes(path, bytes);
                for (var way = 0; way < reader.Ways.Length; way++)
                    try
                    {
                        Budget.Within(bytes.Length, $"way {way}", () => reader.Ways[way](path, bytes));
                    }
                    catch (Exception found)
                    {
                        return Kept(
                            seed,
                            bytes,
                            $"way {way}: {found.GetType().Name}: {found.Message.ReplaceLineEndings(" ")}{Where(found)}"
                        );
                    }
                return null;
            }
        );

        void Watch()
        {
            if (Environment.TickCount64 - running.Since < Hangs.TotalMilliseconds)
                return;
            Console.WriteLine($"fuzz {reader.Name}: {Kept(running.Seed, running.Bytes, "is read for ever")}");
            Environment.Exit(1);
        }

        string Kept(int seed, byte[] bytes, string what)
        {
            if (finds is null)
                return $"seed {seed}: {what}";
            Directory.CreateDirectory(finds);
            var kept = Path.Combine(finds, FormattableString.Invariant($"{reader.Name}-{seed}{reader.Extension}"));
            File.WriteAllBytes(kept, bytes);
            return $"{kept}: {what}";
        }
    }

    /// <summary>A damaged input: changes as on the way of a file, and now and then a part of another file first.</summary>
    private static byte[] Mutant(ImmutableArray<byte[]> corpus, int seed)
    {
        var random = new Random(~seed);
        var file = corpus[random.Next(corpus.Length)];
        if (random.Next(Splices) == 0)
        {
            var other = corpus[random.Next(corpus.Length)];
            file = [.. file[..random.Next(file.Length + 1)], .. other[random.Next(other.Length + 1)..]];
        }
        return Mutants.Of(file, seed);
    }

    /// <summary>The first lines of the library in what was thrown.</summary>
    private static string Where(Exception found) =>
        found.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("FunctionalMetrics.", StringComparison.Ordinal)) is { } line
            ? " " + line.Trim()
            : "";

    private static string OwnFolder()
    {
        var place = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(place, $"fmetrics-{Environment.ProcessId}")).FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, true);
        return folder;
    }
}
