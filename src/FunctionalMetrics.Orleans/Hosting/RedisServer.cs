using System.Net;
using System.Net.Sockets;
using LanguageExt;
using StackExchange.Redis;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>Looks whether a Redis server answers, before anything depends on it.</summary>
internal static class RedisServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Fin<Unit> Check(ClusterSettings settings)
    {
        try
        {
            if (!AnswersPing(settings.Redis))
                return new ClusterError($"what answers at {Name(settings)} is no Redis server");
            var options = settings.RedisOptions;
            options.AbortOnConnectFail = true;
            using var redis = ConnectionMultiplexer.Connect(options);
            redis.GetDatabase().Ping();
            return unit;
        }
        catch (RedisConnectionException e) when (e.FailureType == ConnectionFailureType.AuthenticationFailure)
        {
            return new ClusterError(
                $"the Redis server at {Name(settings)} does not take the password in {ClusterSettings.PasswordVariable}"
            );
        }
        catch (Exception e) when (TransientErrors.MayPass(e))
        {
            return new ClusterError($"there is no Redis server at {Name(settings)} that answers");
        }
    }

    /// <summary>
    /// Whether the first byte of the answer is one of Redis: the client library takes whatever comes for an answer of any depth, down to the end of the
    /// stack.
    /// </summary>
    private static bool AnswersPing(EndPoint server)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.ConnectAsync(server, patience.Token).AsTask().GetAwaiter().GetResult();
        socket.Send("PING\r\n"u8);
        var first = new byte[1];
        var read = socket.ReceiveAsync(first, SocketFlags.None, patience.Token).AsTask().GetAwaiter().GetResult();
        // +PONG, or an error such as that a password is wanted
        return read == 1 && first[0] is (byte)'+' or (byte)'-';
    }

    public static string Name(ClusterSettings settings) =>
        settings.Redis is DnsEndPoint name ? $"{name.Host}:{name.Port}" : $"{settings.Redis}";
}
