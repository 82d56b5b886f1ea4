using System.Net;
using LanguageExt;
using StackExchange.Redis;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>Looks whether a Redis server answers, before anything depends on it.</summary>
internal static class RedisServer
{
    public static Fin<Unit> Check(ClusterSettings settings)
    {
        try
        {
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

    public static string Name(ClusterSettings settings) =>
        settings.Redis is DnsEndPoint name ? $"{name.Host}:{name.Port}" : $"{settings.Redis}";
}
