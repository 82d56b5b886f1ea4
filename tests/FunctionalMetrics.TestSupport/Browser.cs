using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FunctionalMetrics.TestSupport;

/// <summary>
/// Headless Chromium without a network, one for all tests of a process, steered by its DevTools protocol. A width of a phone is shown as on a phone,
/// with fingers for a pointer: a window of Chromium's own is never narrower than 500 pixels.
/// </summary>
public sealed class Browser
{
    private const string Path = "/usr/bin/chromium";

    /// <summary>The width that makes a view one of a phone; those above are of a desktop.</summary>
    private const int Phone = 640;

    /// <summary>What stands before the scripts of a page.</summary>
    private const string Watch = """
        const errors = [];
        addEventListener("error", event => errors.push(event.message));
        addEventListener("unhandledrejection", event => errors.push(String(event.reason)));
        addEventListener("securitypolicyviolation", event => errors.push("blocked: " + event.blockedURI));
        """;

    private static readonly JsonSerializerOptions Sent = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly Lock Turn = new();
    private static readonly Lazy<Browser> Shared = new(() => new());

    private readonly TemporaryFolder folder = new();
    private readonly Process process;
    private readonly ClientWebSocket socket = new();
    private int calls;

    private Browser()
    {
        string[] arguments =
        [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            $"--user-data-dir={folder.File("profile")}",
            "--remote-debugging-port=0",
            "about:blank",
        ];
        process = Process.Start(new ProcessStartInfo(Path, arguments) { RedirectStandardError = true })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Close();
        const string Listening = "DevTools listening on ";
        var address = new TaskCompletionSource<Uri>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(Listening, StringComparison.Ordinal) == true)
                address.TrySetResult(new(line.Data[Listening.Length..]));
        };
        process.BeginErrorReadLine();
        Wait(address.Task);
        Wait(socket.ConnectAsync(address.Task.Result, default));
    }

    /// <summary>Whether it is installed.</summary>
    public static bool IsHere => File.Exists(Path);

    /// <summary>
    /// Shows the page on screens that become so many pixels wide, one after the other, and gives as an array of JSON what the script, a function
    /// expression of the page's errors, says at each width: it is asked until it says the same for a while, and something else than null.
    /// </summary>
    public static string Ask(string page, string script, params IEnumerable<int[]> screens) => Ask(page, script, "screen", screens);

    /// <summary>What the script says of the page as it is laid out on paper of a width, in pixels.</summary>
    public static string AskOnPaper(string page, string script, int width) =>
        Ask(
            page,
            script,
            "print",
            [
                [width],
            ]
        );

    private static string Ask(string page, string script, string media, IEnumerable<int[]> screens)
    {
        lock (Turn)
        {
            var browser = Shared.Value;
            var url = new Uri(browser.folder.Write("page.html", page)).AbsoluteUri;
            return $"[{string.Join(',', screens.SelectMany(widths => browser.Show(url, script, media, widths)))}]";
        }
    }

    /// <summary>What the script says at each width, in a tab of its own.</summary>
    private string[] Show(string url, string script, string media, int[] widths)
    {
        var targetId = (string)Call(null, "Target.createTarget", new { url = "about:blank" })["targetId"]!;
        var session = (string)Call(null, "Target.attachToTarget", new { targetId, flatten = true })["sessionId"]!;
        Call(session, "Page.enable");
        Call(session, "Page.addScriptToEvaluateOnNewDocument", new { source = Watch });
        Call(session, "Emulation.setEmulatedMedia", new { media });
        Resize(session, widths[0]);
        Call(session, "Page.navigate", new { url });
        string[] said = [.. widths.Select(width => Settled(session, script, width))];
        Call(null, "Target.closeTarget", new { targetId });
        return said;
    }

    private void Resize(string session, int width)
    {
        var mobile = width <= Phone;
        Call(
            session,
            "Emulation.setDeviceMetricsOverride",
            new
            {
                width,
                height = 900,
                deviceScaleFactor = 1,
                mobile,
            }
        );
        Call(session, "Emulation.setTouchEmulationEnabled", new { enabled = mobile });
    }

    private string Settled(string session, string script, int width)
    {
        Resize(session, width);
        var expression = $$"""
            (async () => {
              const tick = () => new Promise(done => setTimeout(() => requestAnimationFrame(done), 50));
              while (document.readyState !== "complete") await tick();
              for (let said = "null", same = 0; ; ) {
                await tick();
                const now = JSON.stringify(({{script}})(errors));
                same = now === said && now !== "null" ? same + 1 : 0;
                said = now;
                if (same === 5) return said;
              }
            })()
            """;
        var answer = Call(session, "Runtime.evaluate", new { expression, awaitPromise = true });
        return (string?)answer["result"]!["value"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    private void Close()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        folder.Dispose();
    }

    /// <summary>The result of a method of the protocol; events that come before it are passed over.</summary>
    private JsonNode Call(string? sessionId, string method, object? @params = null)
    {
        var id = ++calls;
        var call = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                id,
                method,
                @params,
                sessionId,
            },
            Sent
        );
        Wait(socket.SendAsync(call, WebSocketMessageType.Text, true, default));
        while (true)
        {
            var answer = Received();
            if ((int?)answer["id"] == id)
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]}");
        }
    }

    private JsonNode Received()
    {
        using var message = new MemoryStream();
        var part = new byte[1 << 16];
        while (true)
        {
            var read = socket.ReceiveAsync(part, default).WaitAsync(TimeSpan.FromMinutes(2)).GetAwaiter().GetResult();
            message.Write(part, 0, read.Count);
            if (read.EndOfMessage)
                return JsonNode.Parse(message.ToArray())!;
        }
    }

    private static void Wait(Task task) => task.WaitAsync(TimeSpan.FromMinutes(1)).GetAwaiter().GetResult();
}
