using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Dependencies point up the table of projects only.</summary>
public class ArchitectureTests
{
    private const string Prefix = "FunctionalMetrics";

    /// <summary>Which projects each project of src may know; one that is not listed may know none.</summary>
    private static readonly Dictionary<string, string[]> Knows = new()
    {
        ["FunctionalMetrics.Core"] = [],
        ["FunctionalMetrics.Generator"] = [],
        ["FunctionalMetrics.FSharp"] = ["FunctionalMetrics.Core", "FunctionalMetrics.Statistics"],
        ["FunctionalMetrics"] = ["FunctionalMetrics.Core"],
        ["FunctionalMetrics.MachineLearning"] = ["FunctionalMetrics", "FunctionalMetrics.Core"],
        ["FunctionalMetrics.Interactive"] = ["FunctionalMetrics", "FunctionalMetrics.Core"],
        ["FunctionalMetrics.IO"] = ["FunctionalMetrics.Core"],
        ["FunctionalMetrics.Orleans"] = ["FunctionalMetrics.Core"],
        ["FunctionalMetrics.Statistics"] = ["FunctionalMetrics.Core"],
        ["FunctionalMetrics.Cli"] =
        [
            "FunctionalMetrics.Core",
            "FunctionalMetrics",
            "FunctionalMetrics.IO",
            "FunctionalMetrics.Orleans",
            "FunctionalMetrics.Statistics",
        ],
    };

    private static readonly string[] CorePackages = ["LanguageExt.Core", "System.IO.Hashing"];

    [Fact]
    public void Core_references_the_framework_and_LanguageExt_only()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (var reference in typeof(RankState).Assembly.GetReferencedAssemblies())
            Assert.True(
                CorePackages.Contains(reference.Name) || File.Exists(Path.Combine(framework, $"{reference.Name}.dll")),
                $"Core references {reference.Name}"
            );
        var project = XDocument.Load(Repository.Path("src", "FunctionalMetrics.Core", "FunctionalMetrics.Core.csproj"));
        Assert.Subset(CorePackages.ToHashSet(), Includes(project, "PackageReference").ToHashSet());
        Assert.Empty(Includes(project, "FrameworkReference"));
    }

    [Fact]
    public void Projects_reference_up_the_table_only()
    {
        foreach (var path in Projects("src"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            Assert.True(Knows.TryGetValue(name, out var known), $"{name} has no row in the table of projects");
            Assert.Subset(known.ToHashSet(), References(path).ToHashSet());
        }
    }

    [Fact]
    public void No_project_of_src_knows_a_test_and_the_laws_know_nothing()
    {
        Assert.All(
            Projects("src"),
            path => Assert.All(References(path), name => Assert.True(Knows.ContainsKey(name), $"{path} knows {name}"))
        );
        var laws = Repository.Path("tests", "FunctionalMetrics.Laws", "FunctionalMetrics.Laws.csproj");
        Assert.Empty(References(laws));
        Assert.Empty(Includes(XDocument.Load(laws), "PackageReference"));
        Assert.DoesNotContain(
            typeof(Laws.Choices).Assembly.GetReferencedAssemblies(),
            reference => reference.Name!.StartsWith("xunit", StringComparison.Ordinal)
        );
    }

    /// <summary>The folders of Core, each of which may name only those before it. What lies beside them is everybody's.</summary>
    private static readonly string[] Rooms =
    [
        "Numerics",
        "Encoding",
        "Batches",
        "Results",
        "Sweeps",
        "States",
        "Curves",
        "Thresholds",
        "Numbers",
        "Metrics",
        "Uncertainty",
        "Tables",
        "MultiPass",
        "Resampling",
    ];

    [Fact]
    public void Folders_of_Core_name_only_those_before_them()
    {
        var core = Repository.Path("src", "FunctionalMetrics.Core");
        Assert.Equal(Rooms.Order(), Folders(core));
        var texts = Rooms.ToDictionary(room => room, room => Sources(Path.Combine(core, room)).ToList());
        var declared = texts.ToDictionary(room => room.Key, room => room.Value.SelectMany(file => Declared(file.Text)).ToHashSet());
        Assert.Empty(
            from room in Rooms
            from file in texts[room]
            from later in Rooms.SkipWhile(name => name != room).Skip(1)
            from name in Named(file.Text).Intersect(declared[later])
            select $"{file.Name} names {name} of {later}"
        );
    }

    [Fact]
    public void At_most_eight_files_lie_flat_in_a_folder_of_Numerics()
    {
        var numerics = Repository.Path("src", "FunctionalMetrics.Core", "Numerics");
        Assert.All(
            Directory.EnumerateDirectories(numerics).Prepend(numerics),
            folder => Assert.InRange(Directory.GetFiles(folder, "*.cs").Length, 0, 8)
        );
    }

    private static IEnumerable<string> Folders(string folder) =>
        Directory
            .EnumerateDirectories(folder)
            .Where(path => Path.GetFileName(path) is not ("bin" or "obj") && Sources(path).Any())
            .Select(path => Path.GetFileName(path))
            .Order();

    /// <summary>Source files without comments and texts.</summary>
    private static IEnumerable<(string Name, string Text)> Sources(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path.GetFileName(file), Regex.Replace(File.ReadAllText(file), @"//.*|""(\\.|[^""\\])*""", "")));

    private static IEnumerable<string> Declared(string text) =>
        Regex
            .Matches(text, @"^(?:public|internal)[a-z ]*? (?:class|struct|record|enum|interface) ([A-Z]\w*)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);

    /// <summary>Words that may name a type: not after a dot, and not the name of a number, or of a way to one, that is declared there.</summary>
    private static IEnumerable<string> Named(string text) =>
        Regex
            .Matches(text, @"(?<![\w.])[A-Z]\w*")
            .Select(match => match.Value)
            .Except(Regex.Matches(text, @"\b(?:double|long|int|Fin<\w+>) ([A-Z]\w*)").Select(match => match.Groups[1].Value));

    [Fact]
    public void Core_has_no_static_state_that_changes()
    {
        var fields = typeof(RankState)
            .Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(Prefix, StringComparison.Ordinal) == true && !type.Name.Contains('<'))
            .SelectMany(type =>
                type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            );
        Assert.All(fields, field => Assert.True(field.IsInitOnly || field.IsLiteral, $"{field.DeclaringType}.{field.Name} can change"));
    }

    private static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Repository.Path(folder), "*.*proj", SearchOption.AllDirectories);

    /// <summary>The projects referenced as code; those run at build time are tools.</summary>
    private static IEnumerable<string> References(string project) =>
        XDocument
            .Load(project)
            .Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(item => (string)item.Attribute("Include")!);
}
