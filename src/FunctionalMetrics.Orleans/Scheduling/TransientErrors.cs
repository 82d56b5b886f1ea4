using System.Diagnostics;
using System.Net.Sockets;
using LanguageExt;
using Orleans.Clustering.Redis;
using Orleans.Persistence.Redis;
using StackExchange.Redis;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>How long there have been nothing but errors of the kind that may pass: silos that died, messages that were lost, a Redis that restarts.</summary>
internal sealed class TransientErrors(TimeSpan patience)
{
    private const int LongestMessage = 160;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan? since;

    /// <summary>Whether a later try may go better.</summary>
    public static bool MayPass(Exception e) =>
        e
            is TimeoutException
                or OrleansException
                or SocketException
                or IOException
                or RedisException
                or RedisStorageException
                or RedisClusteringException
                or OperationCanceledException
                or ObjectDisposedException;

    /// <summary>What is no error of that kind.</summary>
    public static ClusterError Unexpected(Exception e) => new($"a bug in the cluster, {e.GetType().Name}: {Short(e)}");

    /// <summary>An exception's message as a part of a line; those of the cluster run to pages.</summary>
    public static string Short(Exception e) => Short(e.Message);

    /// <summary>A text as a part of a line.</summary>
    public static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "...";
    }

    /// <summary>There was progress.</summary>
    public void Over() => since = null;

    /// <summary>One more error; the reason to give up, once they have lasted too long.</summary>
    public Option<ClusterError> Add(Exception e)
    {
        since ??= clock.Elapsed;
        return clock.Elapsed - since > patience
            ? Some(
                new ClusterError(FormattableString.Invariant($"the cluster has not answered for {patience.TotalSeconds:0} s: {Short(e)}"))
            )
            : None;
    }
}
