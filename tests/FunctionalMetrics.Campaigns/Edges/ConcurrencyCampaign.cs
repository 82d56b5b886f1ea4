using System.Collections.Concurrent;
using System.CommandLine;
using FunctionalMetrics.Core;
using FunctionalMetrics.Laws;
using LanguageExt;

namespace FunctionalMetrics.Campaigns;

/// <summary>One state that 16 threads read, encode and extend at once, each in its own way: every answer has the bits that one thread alone gets.</summary>
internal static class ConcurrencyCampaign
{
    private const int Threads = 16;
    private const int Levels = 20_000;
    private const int Side = 40;

    public static Command Command()
    {
        var (seed, count, seconds) = (Options.Seed(), Options.Count(Threads), Options.Seconds(60));
        var command = new Command("concurrency", "Read and extend one state from 16 threads at once.") { seed, count, seconds };
        command.SetAction(parsed =>
            Run(new(parsed.GetValue(seed), parsed.GetValue(count), parsed.GetValue(seconds))).Print(Console.Out).IsGood ? 0 : 1
        );
        return command;
    }

    /// <summary>Each round is a state that nobody has asked yet, so that what is made when first asked for is made by all threads at once.</summary>
    public static Tally Run(Effort effort)
    {
        var executions = 0L;
        var tally = effort.Run(
            "concurrency",
            seed =>
            {
                var finds = new ConcurrentQueue<string>();
                var (shared, others) = (State(seed), Enumerable.Range(1, Threads).Select(i => State(seed ^ (i << 20))).ToArray());
                var (alone, merged) = (
                    Answer(State(seed)),
                    others.Select(other => Answer(EvaluationState.Merge(State(seed), other))).ToArray()
                );
                using var start = new Barrier(Threads);
                var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() => Read(i))).ToList();
                threads.ForEach(thread => thread.Start());
                threads.ForEach(thread => thread.Join());
                return finds.TryDequeue(out var find) ? $"seed {seed}: {find}" : null;

                void Read(int thread)
                {
                    try
                    {
                        start.SignalAndWait();
                        var more = EvaluationState.Merge(shared, others[thread]);
                        if (Answer(shared) != alone)
                            finds.Enqueue($"thread {thread} reads another answer than one alone");
                        if (Answer(more) != merged[thread])
                            finds.Enqueue($"thread {thread} extends to another answer than one alone");
                        if (Answer(shared) != alone)
                            finds.Enqueue($"thread {thread} reads another answer after it extended the state");
                        Interlocked.Add(ref executions, 3);
                    }
                    catch (Exception broken)
                    {
                        finds.Enqueue($"thread {thread}: {broken}");
                    }
                }
            }
        );
        return tally with { Executions = executions, Floor = effort.Count * Threads * 3 };
    }

    private static EvaluationState State(int seed)
    {
        var choices = new Choices(seed);
        var (scores, labels) = (new float[Side * Side * 4], new bool[Side * Side * 4]);
        for (var i = 0; i < scores.Length; i++)
            (scores[i], labels[i]) = (choices.Below(Levels) / 64f, choices.Once(7));
        var maps = MapBatch
            .Create(scores, labels, new(4, Side, Side))
            .Match(batch => batch, faults => throw new DifferenceException(faults.Head.Message));
        float[] largest = [.. scores.Chunk(Side * Side).Select(image => image.Max())];
        bool[] anomalous = [.. labels.Chunk(Side * Side).Select(mask => mask.Contains(true))];
        var images = ScoreBatch
            .Create(largest, anomalous)
            .Match(batch => batch, faults => throw new DifferenceException(faults.Head.Message));
        return EvaluationState.Of(new(images, maps));
    }

    /// <summary>All numbers of both levels, and the bytes.</summary>
    private static string Answer(EvaluationState state)
    {
        var exact = (EvaluationState.Exact)state;
        var settings = new EvaluationSettings();
        return string.Join(
            '\n',
            [
                .. LevelNumbers.Of(exact.Images, settings).Numbers.Select(number => $"{number}"),
                .. exact.Pixels.Match(pixels => LevelNumbers.Of(pixels, settings).Numbers.Select(number => $"{number}"), () => []),
                Convert.ToHexString(System.IO.Hashing.XxHash128.Hash(EvaluationState.Codec.Encode(state))),
            ]
        );
    }
}
