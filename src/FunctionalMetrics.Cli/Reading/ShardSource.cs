using System.Text.Json;
using System.Text.Json.Serialization;
using FunctionalMetrics.Core;
using FunctionalMetrics.Orleans;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalMetrics.Cli;

/// <summary>Some images of an evaluation's input, or all its rows, as the text that a silo reads them by. Paths are whole ones.</summary>
internal sealed record ShardSource(EvaluateInput Input, int First, int End)
{
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
                var count = images.IfNone(1);
                var size = (count + MostShards - 1) / MostShards;
                return Enumerable
                    .Range(0, size == 0 ? 0 : (count + size - 1) / size)
                    .Select(shard => Of(input, shard * size, images.Map(all => Math.Min(all, (shard + 1) * size)).IfNone(0)))
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
            : input.Read(input.Scores is null ? source.First..source.End : .., null, new(null), cancel);
    }

    private static Shard Of(EvaluateInput input, int first, int end) =>
        new(
            input.Scores is null ? FormattableString.Invariant($"images {first} to {end - 1}") : "all rows",
            JsonSerializer.Serialize(new ShardSource(input.Whole, first, end))
        );
}
