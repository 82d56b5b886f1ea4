using System.IO.Hashing;
using FunctionalMetrics.Orleans;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>What a client saw of a file that a silo is to read: how long it is, and a digest of blocks at places that a seed draws, or of all of it.</summary>
/// <param name="Path">The whole path.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Digest">XxHash128 of the blocks, in their order.</param>
internal sealed record SeenFile(string Path, long Size, string Digest)
{
    private const int Blocks = 16;
    private const int BlockBytes = 4096;

    /// <summary>Looks at a file. Of one that is not much longer than the blocks, all is looked at.</summary>
    /// <param name="path">The whole path.</param>
    /// <param name="seed">Draws the blocks; the first and the last one are always among them.</param>
    /// <param name="full">Whether all of it is looked at.</param>
    public static Fin<SeenFile> Of(string path, int seed, bool full)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            var (hash, length) = (new XxHash128(), file.Length);
            if (full || length <= Blocks * BlockBytes)
                hash.Append(file);
            else
                foreach (var at in Places(length, seed))
                {
                    var block = new byte[BlockBytes];
                    file.Position = at;
                    file.ReadExactly(block);
                    hash.Append(block);
                }
            return new SeenFile(path, length, Convert.ToHexStringLower(hash.GetCurrentHash()));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Error.New($"{path}: cannot be read: {failure.Message}");
        }
    }

    /// <summary>Refuses to read here what is another file than the client saw.</summary>
    public Fin<Unit> Check(int seed, bool full) =>
        Of(Path, seed, full)
            .Match(
                here =>
                    here.Size != Size ? Differs($"it has {here.Size} bytes there and {Size} at the client")
                    : here.Digest != Digest ? Differs("it has other content there than at the client")
                    : FinSucc(unit),
                error => FinFail<Unit>(new ShardDiffers($"{error.Message} (on {Here})"))
            );

    /// <summary>The refusal of what differs.</summary>
    private Fin<Unit> Differs(string how) =>
        FinFail<Unit>(
            new ShardDiffers($"{Path}: is another file on {Here}: {how}; silos and client must see the same files at the same paths")
        );

    /// <summary>This silo as errors name it.</summary>
    public static string Here => $"{Environment.MachineName} (process {Environment.ProcessId})";

    private static IEnumerable<long> Places(long length, int seed)
    {
        var random = new Random(seed);
        var last = length - BlockBytes;
        return Enumerable.Range(0, Blocks - 2).Select(_ => random.NextInt64(last + 1)).Append(0).Append(last).Order();
    }
}
