namespace FunctionalMetrics.TestSupport;

/// <summary>
/// A text that stands in a file beside the tests, so that a change of it is seen. After one that was meant: <c>ACCEPT_SNAPSHOTS=1 dotnet test</c> of the
/// project, and read the diff.
/// </summary>
public static class Snapshot
{
    /// <summary>Fails with the first lines that differ; writes the file instead where snapshots are accepted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What it should hold; lines end as they do in the file.</param>
    public static void Same(string path, string text)
    {
        text = text.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (expected != text)
            throw new InvalidOperationException(Difference(path, expected.Split('\n'), text.Split('\n')));
    }

    /// <summary>The first line that differs, with a few around it.</summary>
    private static string Difference(string path, string[] expected, string[] actual)
    {
        var first = expected.TakeWhile((line, index) => index < actual.Length && line == actual[index]).Count();
        return $"""
            {Path.GetFileName(path)} differs from its snapshot at line {first + 1}.
            The snapshot has
            {Around(expected, first)}
            and the code now gives
            {Around(actual, first)}
            If that is meant, run this project's tests with ACCEPT_SNAPSHOTS=1
            """;
    }

    private static string Around(string[] lines, int at) =>
        string.Join('\n', lines.Skip(Math.Max(0, at - 2)).Take(6).Select(line => "    " + line));
}
