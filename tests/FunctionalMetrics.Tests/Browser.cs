using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Tests;

/// <summary>
/// Headless Chromium without a network. It opens no window narrower than 500 pixels, so a page is looked at through frames of any width,
/// side by side in one window, because what is out of sight is not laid out again.
/// </summary>
internal static partial class Browser
{
    private const string Path = "/usr/bin/chromium";

    public static bool IsHere => File.Exists(Path);

    /// <summary>
    /// Shows the page in a frame of each width, first at one and then at the other, and gives what the script, a function expression, says
    /// of each frame in the end: it is asked every second, and the last answer counts.
    /// </summary>
    public static string Ask(string page, string script, params (int First, int Then)[] widths)
    {
        var folder = Directory.CreateTempSubdirectory("fmetrics-browser-");
        try
        {
            File.WriteAllText(System.IO.Path.Combine(folder.FullName, "page.html"), page.Replace("</body>", Reply(script) + "</body>"));
            var outer = System.IO.Path.Combine(folder.FullName, "outer.html");
            File.WriteAllText(outer, Outer(widths));
            var dom = Run(folder.FullName, new Uri(outer).AbsoluteUri);
            var answer = Answer().Match(dom);
            return answer.Success ? System.Net.WebUtility.HtmlDecode(answer.Groups[1].Value) : throw new InvalidOperationException(dom);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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

    private static string Run(string folder, string url)
    {
        var start = new ProcessStartInfo(Path) { RedirectStandardOutput = true, RedirectStandardError = true };
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
            $"--user-data-dir={folder}/profile",
            "--window-size=5000,1000",
            "--virtual-time-budget=20000",
            "--dump-dom",
            url,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Path} did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var dom = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Path} did not end in two minutes: {errors.Result}");
        }
        return process.ExitCode == 0 ? dom.Result : throw new InvalidOperationException(errors.Result);
    }

    [GeneratedRegex("<pre id=\"answer\">(.+?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Answer();
}
