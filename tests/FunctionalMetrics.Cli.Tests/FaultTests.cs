using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>What is around the tool fails: streams that are closed or full, folders that are gone, memory that is short. It says so in a line, or by its exit code.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FaultTests() => folder.Write("s.csv", "score,label\n0.1,0\n0.9,1\n");

    public void Dispose() => folder.Dispose();

    /// <summary>A shell's line, in which <c>fmetrics</c> is the tool.</summary>
    private Outcome Shell(string line)
    {
        Skip.If(OperatingSystem.IsWindows(), "redirections are those of sh");
        return Outcome.Of(DotnetCommand.Of("sh", folder.Path, "-c", $"fmetrics() {{ dotnet '{Fmetrics.Dll}' \"$@\"; }}; {line}"));
    }

    [SkippableTheory, Trait("Category", "Slow")]
    [InlineData("evaluate --scores s.csv >&-")]
    [InlineData("evaluate --scores s.csv --json - >&-")]
    [InlineData("evaluate --scores s.csv >/dev/full")]
    [InlineData("--help >/dev/full")]
    public void Standard_output_that_cannot_be_written_is_a_refusal(string command) =>
        Shell("fmetrics " + command).IsRefusal("fmetrics: standard output cannot be written: ");

    [SkippableTheory, Trait("Category", "Slow")]
    [InlineData("evaluate --scores none.csv 2>/dev/full")]
    [InlineData("evaluate --scores none.csv 2>&-")]
    [InlineData("evaluate --bogus 2>/dev/full")]
    [InlineData("evaluate --scores s.csv >&- 2>&-")]
    public void A_refusal_that_nobody_can_read_keeps_its_exit_code(string command) =>
        Assert.Equal(new Outcome(2, "", ""), Shell("fmetrics " + command));

    [SkippableFact]
    public void A_folder_that_is_gone_is_said()
    {
        Directory.CreateDirectory(folder.File("gone"));
        Shell("cd gone; rmdir ../gone; fmetrics evaluate --scores s.csv").IsRefusal("the current folder does not exist any more");
    }

    /// <summary>Two columns of 16 million bytes as doubles and keys are more than the 64 MB that the collector is given.</summary>
    [Fact, Trait("Category", "Slow")]
    public void Memory_that_is_short_is_said_with_what_needs_less()
    {
        Npy.Write(folder.File("m.npy"), "<f4", [1, 4000, 4000], new float[16_000_000]);
        Npy.Write(folder.File("k.npy"), "|u1", [1, 4000, 4000], new float[16_000_000]);
        var command = DotnetCommand.In(folder.Path, [Fmetrics.Dll, "evaluate", "--maps", "m.npy", "--masks", "k.npy", "--state", "x.fms"]);
        command.Environment["DOTNET_GCHeapHardLimit"] = "0x4000000";
        Outcome.Of(command).IsRefusal("memory", "--max-memory 1GB", "--approximate 16");
        Assert.Equal(["k.npy", "m.npy", "s.csv"], folder.Names);
    }

    [Fact]
    public void A_line_of_an_error_is_at_most_500_characters_and_keeps_both_ends()
    {
        var path = string.Concat(Enumerable.Repeat("/llllllllllllllllllllllllllllllll", 100)) + "/none.csv";
        var refused = Fmetrics.Run("evaluate", "--scores", path);
        refused.IsRefusal("fmetrics: /lll", "none.csv: does not exist", " characters) ");
        Assert.InRange(refused.Error.Length, 400, 501);
    }

    [SkippableFact]
    public void A_circle_of_links_is_called_one()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights on Windows");
        File.CreateSymbolicLink(folder.File("a.csv"), "b.csv");
        File.CreateSymbolicLink(folder.File("b.csv"), "a.csv");
        Fmetrics.RunIn(folder.Path, "evaluate", "--scores", "a.csv").IsRefusal("a.csv", "symbolic links");
        Fmetrics.RunIn(folder.Path, "evaluate", "--scores", "s.csv", "--json", "a.csv", "--quiet").IsRefusal("a.csv", "symbolic links");
    }

    /// <summary>Arrays of arrays ended the process: the client library follows them down to the end of the stack.</summary>
    [Theory, Trait("Category", "Slow")]
    [InlineData("silo", "--redis")]
    [InlineData("evaluate --scores s.csv", "--cluster")]
    public async Task What_is_no_Redis_is_called_so(string command, string option)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var over = new CancellationTokenSource();
        var serving = Task.Run(async () =>
        {
            var nested = string.Concat(Enumerable.Repeat("*1\r\n", 200_000)).Select(letter => (byte)letter).ToArray();
            while (true)
            {
                var caller = await listener.AcceptTcpClientAsync(over.Token);
                _ = caller.GetStream().WriteAsync(nested, over.Token).AsTask();
            }
        });
        var address = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var refused = Fmetrics.Spawn(
            folder.Path,
            "C",
            [.. command.Split(' '), option, option == "--redis" ? address : $"redis://{address}"]
        );
        refused.IsRefusal($"what answers at {address} is no Redis server");
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    /// <summary>It answers the first question as Redis does, and every other one with what no Redis sends, or with nothing.</summary>
    [Theory, Trait("Category", "Slow")]
    [InlineData("silo", "--redis", "*1\r\n", 200_000)]
    [InlineData("evaluate --scores s.csv", "--cluster", "*1\r\n", 200_000)]
    [InlineData("silo", "--redis", "rubbish", 1000)]
    [InlineData("silo", "--redis", "", 0)]
    public async Task A_Redis_that_answers_once_and_then_misbehaves_is_refused(string command, string option, string answer, int times)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var over = new CancellationTokenSource();
        var bad = string.Concat(Enumerable.Repeat(answer, times)).Select(letter => (byte)letter).ToArray();
        var serving = Task.Run(async () =>
        {
            while (true)
                _ = Answer(await listener.AcceptTcpClientAsync(over.Token));
        });
        var address = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var refused = Fmetrics.Spawn(
            folder.Path,
            "C",
            [.. command.Split(' '), option, option == "--redis" ? address : $"redis://{address}"]
        );
        refused.IsRefusal($"there is no Redis server at {address} that answers");
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);

        async Task Answer(TcpClient caller)
        {
            var question = new byte[4096];
            var read = await caller.GetStream().ReadAsync(question, over.Token);
            var isFirst = question.AsSpan(0, read).SequenceEqual("PING\r\n"u8);
            await caller.GetStream().WriteAsync(isFirst ? "+PONG\r\n"u8.ToArray() : bad, over.Token);
        }
    }
}
