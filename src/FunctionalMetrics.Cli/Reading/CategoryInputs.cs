using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>The categories of what was named, each as an input of its own: folders of a folder, or what <c>{category}</c> stands for.</summary>
internal static class CategoryInputs
{
    private const string Mark = "{category}";
    private static readonly char[] Levels = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Whether a path of these has <c>{category}</c>.</summary>
    public static bool AreNamed(EvaluateInput input) => input.Paths.Any(IsNamed);

    /// <summary>Whether a path has <c>{category}</c>.</summary>
    public static bool IsNamed(string path) => path.Contains(Mark, StringComparison.Ordinal);

    /// <summary>The path of a category.</summary>
    public static string Named(string path, string category) => path.Replace(Mark, category, StringComparison.Ordinal);

    /// <summary>The path of the first category that is found; the path itself where it has none.</summary>
    public static string Example(string path) =>
        IsNamed(path) ? Names(path, foldersAlone: false).Match(names => Named(path, names[0]), _ => path) : path;

    /// <summary>A name without <c>{category}</c> and what joins it to the rest.</summary>
    public static string Unnamed(string name) =>
        IsNamed(name) ? name.Replace(Mark, "", StringComparison.Ordinal).Trim('-', '_', '.', ' ') : name;

    /// <summary>All of them, in the order of their names.</summary>
    public static Fin<Seq<(string Name, EvaluateInput Input)>> Of(EvaluateInput input) =>
        from marked in AreNamed(input) ? FinSucc(input) : Marked(input)
        from found in Names(marked.Paths.First(IsNamed), foldersAlone: !AreNamed(input))
        from whole in marked.Paths.FirstOrDefault(path => !IsNamed(path)) is { } shared
            ? FinFail<Unit>(Error.New($"'{shared}' has no {Mark}: each file of a category is named by its category"))
            : unit
        select found.Map(name => (name, marked.WithPaths(path => Named(path, name))));

    private static Error NoFolder(string path) =>
        Error.New($"--categories: '{path}' is no folder; put {Mark} where the category's name stands in the path");

    private static Error LaidOut(string path) =>
        Error.New($"--categories: '{path}' holds maps and masks itself; name the folder above it, or leave --categories out");

    /// <summary>Folders, and below them those of the categories.</summary>
    private static Fin<EvaluateInput> Marked(EvaluateInput input) =>
        input.Paths.FirstOrDefault(path => !Directory.Exists(path)) is { } other ? NoFolder(other)
        : input.Folder is { } folder && MapDataset.IsLaidOut(folder) ? LaidOut(folder)
        : input.WithPaths(path => Path.Combine(path, Mark));

    /// <summary>The same path with <c>{category}</c>: that of a folder that holds the categories, or the path itself where it has it.</summary>
    public static Fin<string> Marked(string path) =>
        IsNamed(path) ? FinSucc(path)
        : !Directory.Exists(path) ? NoFolder(path)
        : MapDataset.IsLaidOut(path) ? LaidOut(path)
        : FinSucc(Path.Combine(path, Mark));

    /// <summary>The categories that are found for <c>{category}</c> of a path.</summary>
    /// <param name="pattern">The path.</param>
    /// <param name="foldersAlone">Whether files are none.</param>
    public static Fin<Seq<string>> Names(string pattern, bool foldersAlone)
    {
        var at = pattern.IndexOf(Mark, StringComparison.Ordinal);
        var start = pattern.LastIndexOfAny(Levels, at) + 1;
        var end = pattern.IndexOfAny(Levels, at) is >= 0 and var next ? next : pattern.Length;
        var (before, after) = (pattern[start..at], pattern[(at + Mark.Length)..end]);
        var folder = start == 0 ? "." : pattern[..start];
        if (folder.IndexOfAny(['{', '*']) >= 0 || (before + after).IndexOfAny(['{', '*']) >= 0)
            return Error.New($"'{pattern}': {Mark} stands before {{name}} and *, in a level of its own");
        if (!Directory.Exists(folder))
            return Error.New($"'{pattern}' finds nothing: there is no folder '{folder}'");
        // A level with others below it is a folder; the last one may be a file where a pattern says so.
        var entries =
            foldersAlone || end < pattern.Length ? Directory.EnumerateDirectories(folder) : Directory.EnumerateFileSystemEntries(folder);
        var names = entries
            .Select(entry => Path.GetFileName(entry)!)
            .Where(name => name.Length > before.Length + after.Length && name[0] != '.')
            .Where(name => name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal))
            .Select(name => name[before.Length..^after.Length])
            .Order(StringComparer.Ordinal)
            .ToSeq()
            .Strict();
        return names.IsEmpty ? Error.New($"'{pattern}' finds no category in '{folder}'") : names;
    }
}
