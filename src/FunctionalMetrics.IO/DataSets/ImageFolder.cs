using System.Collections.Immutable;

namespace FunctionalMetrics.IO;

/// <summary>
/// The image files below a folder, by name: what a pattern says, or the path below the folder with '/', without a leading test level and without its
/// extension. Files and folders whose name begins with a dot, Thumbs.db and desktop.ini are passed over; without a pattern any other file that is no
/// image is an error.
/// </summary>
/// <param name="Root">The folder that names are relative to.</param>
/// <param name="Files">The files' paths by name, names in ordinal order; with a pattern there can be several of one name.</param>
internal sealed record ImageFolder(string Root, ImmutableSortedDictionary<string, IReadOnlyList<string>> Files)
{
    public const string MapsLevel = "anomaly_maps";
    public const string MasksLevel = "ground_truth";
    private const string MaskSuffix = "_mask";
    private const string TestLevel = "test/";
    private const int NamedInErrors = 6;
    private const StringComparison Ignoring = StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether a path names a folder of images rather than one file.</summary>
    public static bool Is(string path) => NamePattern.Is(path) || Directory.Exists(path);

    /// <summary>Whether a folder holds those of maps and of masks.</summary>
    public static bool IsRoot(string root) =>
        Directory.Exists(Path.Combine(root, MapsLevel)) && Directory.Exists(Path.Combine(root, MasksLevel));

    /// <summary>Whether the folder of masks of a root is missing, or holds nothing.</summary>
    public static bool LacksMasks(string root) =>
        Path.Combine(root, MasksLevel) is var masks && (!Directory.Exists(masks) || (Directory.Exists(root) && !Walk(masks).Any()));

    /// <summary>The folders of maps and of masks in a root that must hold both.</summary>
    public static (string Maps, string Masks) Of(string root)
    {
        Require(root);
        var (maps, masks) = (Path.Combine(root, MapsLevel), Path.Combine(root, MasksLevel));
        return IsRoot(root)
            ? (maps, masks)
            : throw new InputException(
                root,
                Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).FirstOrDefault(IsRoot) is { } inside
                    ? $"holds no anomaly maps itself, but {Path.GetFileName(inside)} does; --categories judges each of its folders"
                    : (
                        Directory.Exists(maps)
                            ? "holds no masks; give them with --masks"
                            : "holds no anomaly maps; those of other folders are named by themselves, with --masks beside them"
                    ) + $": looked for the folders {MapsLevel} and {MasksLevel}, found {Contents(root)}"
            );
    }

    /// <summary>Maps, one of each name.</summary>
    public static ImageFolder Maps(string root)
    {
        var maps = Read(root, MapsLevel, "maps", name => name);
        foreach (var (name, files) in maps.Files)
            if (files is [var first, var second, ..])
                throw new InputException(second, $"has the same name, {name}, as {first}; an image has one map");
        maps.RequireOneSplit(NamePattern.Is(root) ? new(root) : null);
        return maps;
    }

    /// <summary>
    /// Fails where images of one split lie among others: a level of training or validation beside one of tests or beside none, wherever the two are, and
    /// at the root of a folder any level beside one of tests.
    /// </summary>
    private void RequireOneSplit(NamePattern? pattern)
    {
        var images = Files.Values.Select(files => Split.Of(Levels(files[0])[..^1])).ToList();
        if (images.All(image => image is not { IsTraining: true }) && (pattern is not null || !images.Any(image => image.IsAtRoot)))
            return;
        var group =
            images.Where(image => image.IsSplit).GroupBy(image => image.Parent).FirstOrDefault(Mixes)
            ?? (
                Mixes(images) ? images
                : pattern is null ? images.Where(image => image.Level.Length > 0)
                : []
            );
        var levels = group.Select(image => image.Level).Distinct().ToList();
        if (levels.Count < 2 || group.All(image => image.IsTest))
            return;
        var judged = group.Where(image => !image.IsTraining).Where(image => image.IsTest || !group.Any(other => other.IsTest)).ToList();
        var targets = (judged.Count > 0 ? judged : group).Select(image => Target(image.Path)).Distinct().ToList();
        throw new InputException(
            group.Select(image => image.Parent).Distinct().ToList() is [var parent] ? Path.Combine(Root, parent) : Root,
            $"holds the levels {string.Join(", ", levels.Take(NamedInErrors))}, of which only one is judged; point at {string.Join(" or ", targets.Take(NamedInErrors))}"
        );

        static bool Mixes(IEnumerable<Split> some) =>
            some.Any(image => image.IsTraining) && some.Select(image => image.IsTraining ? image.Level : "").Distinct().Count() > 1;

        string Target(string[] levels) => pattern?.Within(levels) ?? Path.Combine([Root, .. levels]);
    }

    /// <summary>As <see cref="Maps"/>, without the suffix _mask in names, and with a pattern several of a name.</summary>
    public static ImageFolder Masks(string root) =>
        Read(root, MasksLevel, "masks", name => name.EndsWith(MaskSuffix, StringComparison.Ordinal) ? name[..^MaskSuffix.Length] : name);

    /// <summary>The maps but for masks of others: where both lie in one folder, {name}.png matches 1_GT.png as well as 1.png.</summary>
    /// <param name="masks">The masks; null where there are none.</param>
    public ImageFolder Without(ImageFolder? masks)
    {
        var named = (masks?.Files.AsEnumerable() ?? [])
            .SelectMany(mask => mask.Value.Select(file => (Path.GetFullPath(file), mask.Key)))
            .ToDictionary();
        return this with { Files = Files.RemoveRange(Files.Where(IsMaskOfAnother).Select(map => map.Key)) };

        bool IsMaskOfAnother(KeyValuePair<string, IReadOnlyList<string>> map) =>
            named.GetValueOrDefault(Path.GetFullPath(map.Value[0])) is { } name && name != map.Key && Files.ContainsKey(name);
    }

    /// <summary>
    /// The same files under the names that others have: é may be one letter or two, and is the same in a name where no other one is.
    /// </summary>
    /// <param name="others">The images that they are of.</param>
    public ImageFolder Alike(ImageFolder others)
    {
        if (Files.Keys.All(others.Files.ContainsKey))
            return this;
        var names = new SameNames(others.Files.Keys.Where(name => !Files.ContainsKey(name)));
        var own = new SameNames(Files.Keys.Where(name => !others.Files.ContainsKey(name)));
        return this with
        {
            Files = Sorted(
                Files.Keys,
                name => others.Files.ContainsKey(name) || own.Of(name) is null ? name : names.Of(name) ?? name,
                name => Files[name]
            ),
        };
    }

    /// <summary>Two of the names, for errors.</summary>
    public string Names => string.Join(" and ", Files.Keys.Take(2));

    /// <summary>The folders below the root that a file lies in, and its own name.</summary>
    public string[] Levels(string file) => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar);

    /// <summary>Whether some image lies in a folder of this name, in any case.</summary>
    public bool HasLevel(string folder) =>
        Files.Values.Any(files => Levels(files[0])[..^1].Contains(folder, StringComparer.OrdinalIgnoreCase));

    /// <summary>What a folder holds, for errors: its first few entries.</summary>
    public static string Contents(string folder)
    {
        var entries = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        return entries.Count == 0
            ? "nothing"
            : string.Join(", ", entries.Take(NamedInErrors)) + (entries.Count > NamedInErrors ? ", ..." : "");
    }

    public static void Require(string folder)
    {
        if (File.Exists(folder))
            throw new InputException(folder, "is a file; a folder is needed here");
        if (!Directory.Exists(folder))
            throw NamePattern.Missing(folder);
    }

    // a data set's own folder may be named instead of the one inside it; images that lie in the folder itself show that it is meant
    private static string Level(string root, string level)
    {
        Require(root);
        var inside = Path.Combine(root, level);
        return Directory.Exists(inside) && !Directory.EnumerateFiles(root).Any(file => !PassedOver(file) && ImageReader.Reads(file))
            ? inside
            : root;
    }

    private static ImageFolder Read(string path, string level, string what, Func<string, string> shorten)
    {
        var pattern = NamePattern.Is(path) ? new NamePattern(path) : null;
        var root = pattern is null ? Level(path, level) : pattern.Root;
        Require(root);
        var files = new Dictionary<string, List<string>>();
        foreach (var file in Walk(root))
        {
            var below = Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/');
            if ((pattern is null ? shorten(Name(below)) : pattern.NameOf(below)) is not { } name)
                continue;
            if (!ImageReader.Reads(file))
                throw new InputException(
                    file,
                    $"has an extension that is not read here; {ImageReader.Extensions} are{(pattern is null ? " (a pattern such as '{name}_mask.png' looks at no other files)" : "")}"
                );
            if (!files.TryGetValue(name, out var same))
                files[name] = same = [];
            else if (pattern is null)
                throw new InputException(file, $"has the same name, {name}, as {same[0]}; one of the two must go");
            same.Add(file);
        }
        return files.Count > 0 ? new(root, Sorted(files.Keys, name => name, name => files[name]))
            : pattern is null
                ? throw new InputException(root, $"has no {what} in it: looked for {ImageReader.Extensions} files, found {Contents(root)}")
            : throw new InputException(pattern.Text, $"matches no file below {root}, {Examples(root)}");
    }

    // lists, not immutable arrays: dictionaries of references alone come compiled with the runtime, and need not be compiled at each start
    private static ImmutableSortedDictionary<string, IReadOnlyList<string>> Sorted(
        IEnumerable<string> names,
        Func<string, string> key,
        Func<string, IReadOnlyList<string>> value
    ) => names.ToImmutableSortedDictionary(key, value, StringComparer.Ordinal);

    private static string Examples(string root) =>
        Walk(root).Take(2).Select(file => Path.GetRelativePath(root, file)).ToList() is { Count: > 0 } some
            ? $"where files are called {string.Join(" and ", some)}"
            : "which holds no files";

    private static string Name(string below)
    {
        var name = Path.ChangeExtension(below, null);
        return name.StartsWith(TestLevel, StringComparison.Ordinal) ? name[TestLevel.Length..] : name;
    }

    private static IEnumerable<string> Walk(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Where(file => !PassedOver(file))
            .Order(StringComparer.Ordinal)
            .Concat(
                Directory.EnumerateDirectories(folder).Where(inner => !PassedOver(inner)).Order(StringComparer.Ordinal).SelectMany(Walk)
            );

    private static bool PassedOver(string path) =>
        Path.GetFileName(path) is var name
        && (
            name.StartsWith('.')
            || name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase)
            || name.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase)
        );
}
