using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.TestSupport;

/// <summary>
/// Headless Chromium without a network. It opens no window narrower than 500 pixels, so a page is looked at through frames of any width,
/// side by side in one window, because what is out of sight is not laid out again.
/// </summary>
public static partial class Browser
{
    private const string Path = "/usr/bin/chromium";

    /// <summary>Whether it is installed.</summary>
    public static bool IsHere => File.Exists(Path);

    /// <summary>
    /// Shows the page in a frame of each width, first at one and then at the other, and gives what the script, a function expression, says
    /// of each frame in the end: it is asked every second, and the last answer counts.
    /// </summary>
    public static string Ask(string page, string script, params (int First, int Then)[] widths)
    {
        using var folder = new TemporaryFolder();
        folder.Write("page.html", page.Replace("</body>", Reply(script) + "</body>"));
        var dom = Run(folder, new Uri(folder.Write("outer.html", Outer(widths))).AbsoluteUri);
        var answer = Answer().Match(dom);
        return answer.Success ? System.Net.WebUtility.HtmlDecode(answer.Groups[1].Value) : throw new InvalidOperationException(dom);
    }

    private static string Reply(string script) =>
        $$"""
            <script>
            const errors = [];
            addEventListener("error", event => errors.push(event.message));
            addEventListener("unhandledrejection", event => errors.push(String(event.reason)));
            addEventListener("securitypolicyviolation", event => errors.push("blocked: " + event.blockedURI));
            addEventListener("message", () => parent.postMessage(({{script}})(errors), "*"));
            </script>
            """;

    private static string Outer((int First, int Then)[] widths) =>
        $$"""
            <!DOCTYPE html>
            <style>body { display: flex } iframe { flex: none; border: 0; height: 900px }</style>
            {{string.Join(
                '\n',
                widths.Select(width =>
                    $"<iframe src=\"page.html\" data-then=\"{width.Then}\" style=\"width:{width.First}px\"></iframe>"
                )
            )}}
            <pre id="answer"></pre>
            <script>
            const frames = [...document.querySelectorAll("iframe")], answers = [];
            addEventListener("message", event => {
              answers[frames.findIndex(frame => frame.contentWindow === event.source)] = event.data;
              if (Object.keys(answers).length === frames.length) document.getElementById("answer").textContent = JSON.stringify(answers);
            });
            addEventListener("load", () => {
              setTimeout(() => frames.forEach(frame => frame.style.width = frame.dataset.then + "px"), 2000);
              setInterval(() => frames.forEach(frame => frame.contentWindow.postMessage("", "*")), 1000);
            });
            </script>
            """;

    private static string Run(TemporaryFolder folder, string url)
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
            "--host-resolver-rules=MAP * ~NOTFOUND",
            $"--user-data-dir={folder.Path}/profile",
            "--window-size=5000,1000",
            "--virtual-time-budget=20000",
            "--dump-dom",
            url,
        ];
        var run = Outcome.Of(new(Path, arguments), TimeSpan.FromMinutes(2));
        return run.ExitCode == 0 ? run.Output : throw new InvalidOperationException(run.Error);
    }

    [GeneratedRegex("<pre id=\"answer\">(.+?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Answer();
}
