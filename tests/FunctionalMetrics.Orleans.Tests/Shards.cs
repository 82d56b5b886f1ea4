using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>Shards of maps that a seed makes: the same on every call, tied here and there, with regions in most images.</summary>
internal static class Shards
{
    public const int Side = 24;

    /// <summary>Reads <c>seed</c>, or <c>seed x copies of its normal pixels</c>; anything else is an error.</summary>
    public static Fin<EvaluationState> Read(string source, CancellationToken cancel) =>
        source.Split('x') is [var seed, .. var copies] && int.TryParse(seed, out var number)
            ? Make(number, copies is [var text] ? int.Parse(text) : 1)
            : new ClusterError($"{source}: does not exist");

    /// <summary>The same after so many milliseconds.</summary>
    public static Fin<EvaluationState> Slowly(int delay, string source, CancellationToken cancel)
    {
        cancel.WaitHandle.WaitOne(delay);
        return Read(source, cancel);
    }

    public static Shard[] Named(int count) => [.. Enumerable.Range(0, count).Select(index => new Shard($"s{index}", $"{index}"))];

    /// <summary>The state of all of them, made by one process in one pass.</summary>
    public static EvaluationState Whole(IEnumerable<Shard> shards) =>
        shards.Select(shard => Read(shard.Source!, default).ThrowIfFail()).Aggregate(EvaluationState.Empty, EvaluationState.Merge);

    public static EvaluationState Make(int seed, int copies = 1, bool keepsImages = false, string prefix = "image")
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
            .Bind(batch =>
                batch.WithImages([.. labels.Select((label, image) => new ImageFacts($"{prefix} {seed}/{image}", label, scores[image]))])
            )
            .Match(batch => batch, faults => throw new InvalidOperationException($"{faults}"));
        var notes = NoteCounts.Merge(NoteCounts.Of(NoteKind.EmptyMask), NoteCounts.Of(NoteKind.NormalFolder, 2, $"good {seed}"));
        var state = EvaluationState.Of(new(images, pixels) { Notes = notes, KeepsImages = keepsImages });
        for (var copy = 1; copy < copies; copy++)
        {
            var normal = maps.Where((_, i) => !mask[i]).Select(score => score + copy * 1e-6f).ToArray();
            var more = MapBatch.Create(normal, new bool[normal.Length], new MapShape(1, 1, normal.Length));
            state = EvaluationState.Merge(
                state,
                new EvaluationState.Exact(RankState.Empty, more.Match(RegionState.Of, _ => RegionState.Empty))
            );
        }
        return state;
    }

    /// <summary>Every number that a command prints of a state, as the bits of doubles and as counts, and every note.</summary>
    public static string Numbers(EvaluationState state, EvaluationSettings? settings = null)
    {
        var numbers = state.Numbers(settings).SelectMany(level => level.Numbers.Select(number => $"{level.Level} {Text(number)}"));
        return string.Join('\n', numbers.Concat(state.Notes.Notes.Select(note => $"{note}")));

        static string Text(LevelNumber number) =>
            $"{number.Key} "
            + number.Value.Match(
                value => $"{BitConverter.DoubleToInt64Bits(value.Lower):x16} {BitConverter.DoubleToInt64Bits(value.Upper):x16}",
                error => error.Message
            );
    }
}
