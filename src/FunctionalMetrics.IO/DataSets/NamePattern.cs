using System.Text.RegularExpressions;
using Quickenshtein;

namespace FunctionalMetrics.IO;

/// <summary>
/// Which files of a folder are images, and what they are called: <c>{name}</c> in a path matches one or more levels and is the image's name; <c>*</c>
/// matches within a level and is no part of it. Files that do not match are not looked at.
/// </summary>
internal sealed class NamePattern
{
    private const string Name = "{name}";

    private readonly Regex regex;

    public NamePattern(string path)
    {
        Text = path.Replace(Path.DirectorySeparatorChar, '/');
        if (Text.IndexOf(Name, StringComparison.Ordinal) != Text.LastIndexOf(Name, StringComparison.Ordinal))
            throw new InputException(path, $"holds {Name} more than once; an image has one name");
        // Levels before the first that varies.
        Root = Text[..(Text.LastIndexOf('/', Text.IndexOfAny(['*', '{'])) + 1)] is { Length: > 0 } levels ? levels : ".";
        var relative = Root == "." ? Text : Text[Root.Length..];
        regex = new(
            "^" + Regex.Escape(relative).Replace(@"\{name}", "(?<name>[^/]+(?:/[^/]+)*)").Replace(@"\*", "[^/]*") + "$",
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
        );
    }

    /// <summary>The pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>The folder below which files can match.</summary>
    public string Root { get; }

    /// <summary>Whether a path is a pattern.</summary>
    public static bool Is(string path) => path.Contains(Name, StringComparison.Ordinal);

    /// <summary>The pattern of the images in some levels below the root; null where it cannot be said so.</summary>
    public string? Within(string[] levels)
    {
        var parts = (Root == "." ? Text : Text[Root.Length..]).Split('/');
        var named = Array.FindIndex(parts, part => part.Contains(Name, StringComparison.Ordinal));
        for (var at = 0; at < Math.Min(named, levels.Length); at++)
            parts[at] = levels[at];
        if (levels.Length > named && !parts[named].StartsWith(Name, StringComparison.Ordinal))
            return null;
        var inside = levels.Skip(named);
        return (Root == "." ? "" : Root) + string.Join('/', parts[..named].Concat(inside).Concat(parts[named..]));
    }

    /// <summary>That nothing lies at a path, which may have been meant as a pattern.</summary>
    public static InputException Missing(string path) =>
        new(
            path,
            "does not exist"
                + (
                    path.AsSpan().ContainsAny('*', '{') ? $"; a pattern holds {Name}, which is what an image is called"
                    : Sibling(path) is { } sibling ? $"; the nearest name beside it is {sibling}"
                    : ""
                )
        );

    /// <summary>What lies in the same folder and is written most like it, if it is.</summary>
    private static string? Sibling(string path)
    {
        if (Path.GetFileNameWithoutExtension(path).Length < 3)
            return null;
        var (folder, name) = (Path.GetDirectoryName(Path.GetFullPath(path)), Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
        return !Directory.Exists(folder)
            ? null
            : Directory
                .EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 })
                .Select(entry => Path.GetFileName(entry)!)
                .Where(other => 3 * Levenshtein.GetDistance(other, name) <= name.Length)
                .MinBy(other => (Levenshtein.GetDistance(other, name), other));
    }

    /// <summary>The name of a file by its path below the root; null where it does not match.</summary>
    public string? NameOf(string relative) => regex.Match(relative) is { Success: true } match ? match.Groups["name"].Value : null;
}
