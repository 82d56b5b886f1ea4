using System.Diagnostics;
using Spectre.Console;

namespace FunctionalMetrics.Cli;

/// <summary>A progress bar on standard error, when that is a terminal and the work has taken a second already.</summary>
/// <param name="Terminal">Where it is drawn; null where nobody would see it.</param>
internal sealed record Progress(TextWriter? Terminal)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    /// <summary>The same items one by one, with a bar of how many of the total they are.</summary>
    public IEnumerable<T> Over<T>(IEnumerable<T> items, int total, string what, Func<T, int> size)
        where T : notnull
    {
        if (Terminal is null)
            return items;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Terminal) });
        return Watch(items, total, what, size, console);
    }

    private static IEnumerable<T> Watch<T>(IEnumerable<T> items, int total, string what, Func<T, int> size, IAnsiConsole console)
    {
        var (clock, done) = (Stopwatch.StartNew(), 0);
        var shown = TimeSpan.Zero;
        foreach (var item in items)
        {
            yield return item;
            done += size(item);
            if (clock.Elapsed < Long || clock.Elapsed - shown < TimeSpan.FromMilliseconds(100))
                continue;
            shown = clock.Elapsed;
            Draw(console, what, done, total, clock.Elapsed);
        }
        if (shown > TimeSpan.Zero)
            console.Write(new ControlCode("\r\u001b[2K"));
    }

    private static void Draw(IAnsiConsole console, string what, int done, int total, TimeSpan elapsed)
    {
        const int Width = 30;
        var filled = (int)((long)done * Width / Math.Max(total, 1));
        var left = TimeSpan.FromSeconds(Math.Round(elapsed.TotalSeconds * (total - done) / Math.Max(done, 1)));
        console.Write(new ControlCode("\r\u001b[2K"));
        console.Markup(
            $"[grey]{what}[/] [green]{new string('━', filled)}[/][grey]{new string('─', Width - filled)}[/] {done}/{total} [grey]{left:c} left[/]"
        );
    }
}
