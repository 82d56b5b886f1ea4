using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace FunctionalMetrics.TestSupport;

/// <summary>A redis-server of the tests' own, on a loopback port and in a folder of its own.</summary>
public sealed class RedisProcess : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly bool persists;
    private readonly int port = FreePort();
    private Process? process;

    private RedisProcess(bool persists)
    {
        this.persists = persists;
        process = Run();
    }

    /// <summary>Its host and port.</summary>
    public string Address => $"127.0.0.1:{port}";

    /// <summary>Starts one, or skips the test.</summary>
    /// <param name="persists">Whether it still knows after a restart what was stored.</param>
    public static RedisProcess Start(bool persists = true)
    {
        Skip.IfNot(
            (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(place => File.Exists(Path.Combine(place, "redis-server"))),
            "needs redis-server"
        );
        return new(persists);
    }

    /// <summary>Kills it, lets some time pass and starts it again.</summary>
    public async Task Restart(TimeSpan pause)
    {
        Stop();
        await Task.Delay(pause);
        process = Run();
    }

    /// <summary>Kills it and deletes what it stored.</summary>
    public void Dispose()
    {
        Stop();
        folder.Dispose();
    }

    /// <summary>Kills it.</summary>
    public void Stop()
    {
        process?.Kill();
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    private Process Run()
    {
        string[] args =
        [
            "--port",
            $"{port}",
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.Path,
            "--save",
            "",
            "--appendonly",
            persists ? "yes" : "no",
            "--appendfsync",
            "always",
        ];
        var started = Process.Start(new ProcessStartInfo("redis-server", [.. args, "--logfile", folder.File("log")]))!;
        for (var tries = 0; tries < 200; tries++)
        {
            using var probe = new TcpClient();
            try
            {
                probe.Connect(IPAddress.Loopback, port);
                return started;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }
        throw new InvalidOperationException("redis-server did not start");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
