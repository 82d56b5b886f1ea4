using System.Text.Json;
using System.Text.Json.Serialization;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using FunctionalMetrics.Orleans;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Some images of an evaluation's input, or all its rows, as the text that a silo reads them by. Paths are whole ones.</summary>
/// <param name="Input">The files.</param>
/// <param name="First">The first image.</param>
/// <param name="End">The one behind the last.</param>
/// <param name="Run">Which evaluation it belongs to: its shards are read from one data set, which a silo opens once.</param>
internal sealed record ShardSource(EvaluateInput Input, int First, int End, string Run)
{
    /// <summary>What the last shard was read from. Where two evaluations take turns, each shard opens it anew.</summary>
    private static Opened? last;

    /// <summary>More shards than this say little more about progress, and cost messages.</summary>
    private const int MostShards = 16384;

    /// <summary>An option that is not known here would change the numbers.</summary>
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>An input in shards of consecutive images; rows are one shard.</summary>
    public static Fin<Shard[]> Cut(EvaluateInput input) =>
        input
            .Images()
            .Map(images =>
            {
                var run = Guid.NewGuid().ToString("N");
                var count = images.IfNone(1);
                var size = (count + MostShards - 1) / MostShards;
                return Enumerable
                    .Range(0, size == 0 ? 0 : (count + size - 1) / size)
                    .Select(shard => Of(input, run, shard * size, images.Map(all => Math.Min(all, (shard + 1) * size)).IfNone(0)))
                    .ToArray();
            });

    /// <summary>A shard's state.</summary>
    public static Fin<EvaluationState> Read(string text, CancellationToken cancel)
    {
        ShardSource? source;
        try
        {
            source = JsonSerializer.Deserialize<ShardSource>(text, Strict);
        }
        catch (JsonException)
        {
            source = null;
        }
        return source?.Input is not { } input || ImageScore.Parse(input.ImageScoreOfMap).IsFail
            ? Error.New("a shard's source is not one that fmetrics evaluate makes; is it of another version?")
            : source
                .Data()
                .Bind(data =>
                    data.Match(
                        maps => input.Read(maps, source.First..source.End, null, new(false), cancel),
                        () => input.Read(null, new(false), cancel)
                    )
                );
    }

    /// <summary>The maps of the evaluation; none where there are rows.</summary>
    private Fin<Option<MapDataset>> Data()
    {
        if (Volatile.Read(ref last) is { } opened && opened.Run == Run)
            return Some(opened.Data);
        return Input.Open(
            data =>
            {
                Volatile.Write(ref last, new(Run, data));
                return FinSucc(Some(data));
            },
            _ => FinSucc(Option<MapDataset>.None)
        );
    }

    private sealed record Opened(string Run, MapDataset Data);

    private static Shard Of(EvaluateInput input, string run, int first, int end) =>
        new(
            input.Scores is null ? FormattableString.Invariant($"images {first} to {end - 1}") : "all rows",
            JsonSerializer.Serialize(new ShardSource(input.Whole, first, end, run))
        );
}
