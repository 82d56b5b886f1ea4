using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>Shards of maps that a seed makes: the same on every call, tied here and there, with regions in most images.</summary>
internal static class Shards
{
    public const int Side = 24;

    /// <summary>Reads <c>seed</c>, or <c>seed x copies of its normal pixels</c>; anything else is an error.</summary>
    public static Fin<ShardState> Read(string source, CancellationToken cancel) =>
        source.Split('x') is [var seed, .. var copies] && int.TryParse(seed, out var number)
            ? Make(number, copies is [var text] ? int.Parse(text) : 1)
            : new ClusterError($"{source}: does not exist");

    /// <summary>The same after so many milliseconds.</summary>
    public static Fin<ShardState> Slowly(int delay, string source, CancellationToken cancel)
    {
        cancel.WaitHandle.WaitOne(delay);
        return Read(source, cancel);
    }

    public static Shard[] Named(int count) => [.. Enumerable.Range(0, count).Select(index => new Shard($"s{index}", $"{index}"))];

    /// <summary>The state of all of them, made by one process in one pass.</summary>
    public static ShardState Whole(IEnumerable<Shard> shards) =>
        shards.Select(shard => Read(shard.Source!, default).ThrowIfFail()).Aggregate(ShardState.Empty, ShardState.Merge);

    public static ShardState Make(int seed, int copies = 1)
    {
        var random = new Random(seed);
        const int Images = 3;
        var (maps, mask) = (new float[Images * Side * Side], new bool[Images * Side * Side]);
        for (var image = 0; image < Images; image++)
        {
            var (row, column, size) = (random.Next(Side), random.Next(Side), random.Next(6));
            for (var i = 0; i < Side * Side; i++)
            {
                var at = image * Side * Side + i;
                mask[at] = Math.Abs(i / Side - row) < size && Math.Abs(i % Side - column) < size;
                maps[at] = (float)Math.Round(random.NextDouble() + (mask[at] ? 0.3 : 0), random.Next(8) == 0 ? 2 : 7);
            }
        }
        float[] scores = [.. maps.Chunk(Side * Side).Select(map => map.Max())];
        bool[] labels = [.. mask.Chunk(Side * Side).Select(image => image.Contains(true))];
        var images = ScoreBatch.Create(scores, labels).Match(batch => batch, faults => throw new InvalidOperationException($"{faults}"));
        var pixels = MapBatch
            .Create(maps, mask, new MapShape(Images, Side, Side))
            .Match(batch => batch, faults => throw new InvalidOperationException($"{faults}"));
        var state = ShardState.Of(images, pixels);
        for (var copy = 1; copy < copies; copy++)
        {
            var normal = maps.Where((_, i) => !mask[i]).Select(score => score + copy * 1e-6f).ToArray();
            var more = MapBatch.Create(normal, new bool[normal.Length], new MapShape(1, 1, normal.Length));
            state = ShardState.Merge(state, new(RankState.Empty, more.Match(RegionState.Of, _ => RegionState.Empty)));
        }
        return state;
    }

    /// <summary>Every number that a command prints of a state, as the bits of doubles and as counts.</summary>
    public static string Numbers(ShardState state)
    {
        return string.Join(
            '\n',
            Of(state.Rows).Concat(Of(state.Pixels.Rank)).Append(Text(Aupro.Metric.Compute(state.Pixels).Map(pro => pro.Area)))
        );

        static IEnumerable<string> Of(RankState rows) =>
            [
                $"{rows.Positives} {rows.Negatives} {rows.Extrema.Range}",
                Text(Auroc.Metric.Compute(rows).Map(roc => roc.Area)),
                Text(Aupr.Metric.Compute(rows).Map(curve => curve.Area)),
                Text(AveragePrecision.Metric.Compute(rows).Map(result => result.Value)),
                Text(OptimalF1.Metric.Compute(rows).Map(best => best.F1)),
                AdaptiveThreshold.Metric.Compute(rows).Map(best => $"{Text(best.Threshold)} {best.Counts}").ToString(),
            ];

        static string Text(Fin<double> value) =>
            value.Match(number => $"{BitConverter.DoubleToInt64Bits(number):x16}", error => error.Message);
    }
}
