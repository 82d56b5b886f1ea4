using System.Text.Json;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using FunctionalMetrics.Orleans;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Some images of an evaluation's input, or all its rows, as the text that a silo reads them by. Paths are whole ones.</summary>
internal sealed record ShardSource(
    string? Folder,
    string? Maps,
    string? Masks,
    string? ImageScores,
    string? Scores,
    string ScoreColumn,
    string LabelColumn,
    string? PositiveLabel,
    int? MaskThreshold,
    bool LowerIsAnomalous,
    int First,
    int End
)
{
    /// <summary>More shards than this say little more about progress, and cost messages.</summary>
    private const int MostShards = 16384;

    /// <summary>An input in shards of consecutive images; rows are one shard.</summary>
    public static Fin<Shard[]> Cut(EvaluateInput input) =>
        input.Images.Map(images =>
        {
            var count = images.IfNone(1);
            var size = (count + MostShards - 1) / MostShards;
            return Enumerable
                .Range(0, size == 0 ? 0 : (count + size - 1) / size)
                .Select(shard => Of(input, shard * size, images.Map(all => Math.Min(all, (shard + 1) * size)).IfNone(0)))
                .ToArray();
        });

    /// <summary>A shard's state.</summary>
    public static Fin<ShardState> Read(string text, CancellationToken cancel)
    {
        ShardSource? source;
        try
        {
            source = JsonSerializer.Deserialize<ShardSource>(text);
        }
        catch (JsonException)
        {
            source = null;
        }
        return source is null
            ? Error.New("a shard's source is not one that fmetrics evaluate makes; is it of another version?")
            : source
                .Input.Read(source.Scores is null ? source.First..source.End : .., new(false), cancel)
                .Map(state => new ShardState(state.Images, state.Pixels.IfNone(RegionState.Empty)));
    }

    private EvaluateInput Input =>
        new(
            Optional(Folder),
            Optional(Maps),
            Optional(Masks),
            Optional(ImageScores),
            Optional(Scores),
            ScoreColumn,
            LabelColumn,
            Optional(PositiveLabel),
            Optional(MaskThreshold),
            LowerIsAnomalous
        );

    private static Shard Of(EvaluateInput input, int first, int end) =>
        new(
            FormattableString.Invariant($"images {first} to {end - 1}"),
            JsonSerializer.Serialize(
                new ShardSource(
                    Whole(input.Folder),
                    Whole(input.Maps),
                    Whole(input.Masks),
                    Whole(input.ImageScores),
                    Whole(input.Scores),
                    input.ScoreColumn,
                    input.LabelColumn,
                    input.PositiveLabel.IfNoneUnsafe((string?)null),
                    input.MaskThreshold.ToNullable(),
                    input.LowerIsAnomalous,
                    first,
                    end
                )
            )
        );

    private static string? Whole(Option<string> path) => path.Map(Path.GetFullPath).IfNoneUnsafe((string?)null);
}
