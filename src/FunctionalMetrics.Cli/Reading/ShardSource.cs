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
/// <param name="End">The image behind the last.</param>
/// <param name="Names">What the images are called.</param>
/// <param name="Seen">What the client saw of the files that are read.</param>
/// <param name="Seed">Where it looked.</param>
/// <param name="Full">Whether it looked at all of each.</param>
/// <param name="KeepsImages">Whether each image is kept by itself.</param>
internal sealed record ShardSource(
    EvaluateInput Input,
    int First,
    int End,
    string[] Names,
    SeenFile[] Seen,
    int Seed,
    bool Full,
    bool KeepsImages
)
{
    /// <summary>More shards than this say little more about progress, and cost messages.</summary>
    private const int MostShards = 16384;

    /// <summary>An option that is not known here would change the numbers.</summary>
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>An input in shards of consecutive images; rows are one shard.</summary>
    /// <param name="input">The files.</param>
    /// <param name="full">Whether silos compare all of each file with what is here, not some blocks.</param>
    /// <param name="keepsImages">Whether each image is kept by itself.</param>
    public static Fin<Shard[]> Cut(EvaluateInput input, bool full, bool keepsImages = false)
    {
        var (whole, seed) = (input.Whole, Random.Shared.Next());
        var seen = new Dictionary<string, Fin<SeenFile>>();
        return whole.Open(Images, file => Of(0, 0, [], [FileOf(file)]).Map(shard => new[] { shard }));

        Fin<Shard[]> Images(MapDataset data)
        {
            var size = (data.Count + MostShards - 1) / MostShards;
            return Enumerable
                .Range(0, size == 0 ? 0 : (data.Count + size - 1) / size)
                .Select(shard => (First: shard * size, End: Math.Min(data.Count, (shard + 1) * size)))
                .Map(images =>
                    Of(images.First, images.End, [.. data.Names[images.First..images.End]], FilesOf(whole, data, images.First..images.End))
                )
                .ToSeq()
                .Sequence()
                .Map(shards => shards.ToArray());
        }

        Fin<Shard> Of(int first, int end, string[] names, IEnumerable<string> files) =>
            files
                .ToSeq()
                .Map(See)
                .Sequence()
                .Map(these => new Shard(
                    input.Scores is null ? FormattableString.Invariant($"images {first} to {end - 1}") : "all rows",
                    JsonSerializer.Serialize(new ShardSource(whole, first, end, names, [.. these], seed, full, keepsImages))
                ));

        Fin<SeenFile> See(string path) => seen.TryGetValue(path, out var known) ? known : seen[path] = SeenFile.Of(path, seed, full);
    }

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
                .Check()
                .Bind(_ => input.Read(input.Scores is null ? source.First..source.End : .., null, new(null), cancel, source.KeepsImages));
    }

    /// <summary>Refuses to read here what the client did not see.</summary>
    private Fin<Unit> Check() =>
        from alike in Seen.ToSeq().Map(file => file.Check(Seed, Full)).Sequence()
        from same in Input.Scores is null ? Input.Open(Check, _ => FinSucc(unit)) : unit
        select same;

    /// <summary>The same images at the same places, of the same files: a file more or less in a folder would move them.</summary>
    private Fin<Unit> Check(MapDataset data) =>
        data.Count >= End
        && data.Names.Skip(First).Take(End - First).SequenceEqual(Names, StringComparer.Ordinal)
        && FilesOf(Input, data, First..End).SequenceEqual(Seen.Select(file => file.Path), StringComparer.Ordinal)
            ? unit
            : FinFail<Unit>(
                new ShardDiffers(
                    $"{Input.Folder ?? Input.Maps}: holds other images on {SeenFile.Here} than at the client, or others of their files; silos and client must see the same files at the same paths"
                )
            );

    private static IEnumerable<string> FilesOf(EvaluateInput input, MapDataset data, Range images) =>
        data.Files(images).Concat(input.ImageScores is { } scores ? [FileOf(scores)] : []);

    /// <summary>The archive of an array in one.</summary>
    private static string FileOf(string path) =>
        path.LastIndexOf(".npz:", StringComparison.OrdinalIgnoreCase) is >= 0 and var at && !File.Exists(path)
            ? path[..(at + ".npz".Length)]
            : path;
}
