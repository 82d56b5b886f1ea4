using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>The packages as files: what a gallery shows of them, and what they bring.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed class PackageTests(Feed feed)
{
    public static TheoryData<string> Packages => [.. Feed.Projects.Select(project => Path.GetFileName(Path.GetDirectoryName(project)!))];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_a_page_an_icon_tags_and_symbols(string name)
    {
        using var package = Open(name, "nupkg");
        var about = About(package);
        Assert.Equal(File.ReadAllText(Repository.Path("src", name, "PACKAGE.md")), Text(package, Value(about, "readme")));
        Assert.Contains(name == "FunctionalMetrics.Cli" ? "dotnet tool install" : name, Text(package, Value(about, "readme")));
        Assert.Equal([0x89, .. "PNG"u8], Bytes(package, Value(about, "icon"))[..4]);
        Assert.Equal("MIT", Value(about, "license"));
        Assert.Contains("anomaly-detection", Value(about, "tags").Split(' '));
        Assert.InRange(Value(about, "description").Length, 20, 300);
        Assert.Equal(name.EndsWith(".Cli", StringComparison.Ordinal) ? "DotnetTool" : "Dependency", Type(about));
        using var symbols = Open(name, "snupkg");
        var assembly = name.EndsWith(".Cli", StringComparison.Ordinal) ? "fmetrics" : name;
        Assert.Contains(symbols.Entries, entry => entry.Name == $"{assembly}.pdb");
    }

    /// <summary>PublicApi.Tests compare the public names of what was built with the list that is checked in.</summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void The_library_of_a_package_is_the_one_whose_public_names_are_checked(string name)
    {
        if (name.EndsWith(".Cli", StringComparison.Ordinal))
            return;
        using var package = Open(name, "nupkg");
        var built = Repository.Path("src", name, "bin", Repository.Configuration, "net10.0", name);
        Assert.Equal(SHA256.HashData(File.ReadAllBytes($"{built}.dll")), SHA256.HashData(Bytes(package, $"lib/net10.0/{name}.dll")));
        Assert.Equal(File.ReadAllText($"{built}.xml"), Text(package, $"lib/net10.0/{name}.xml"));
        Assert.True(File.Exists(Repository.Path("tests", "FunctionalMetrics.PublicApi.Tests", "Api", $"{name}.txt")));
    }

    [Theory]
    [InlineData("FunctionalMetrics.Core", "LanguageExt.Core;System.IO.Hashing")]
    [InlineData(
        "FunctionalMetrics.FSharp",
        "FSharp.Core;FunctionalMetrics.Core;FunctionalMetrics.Statistics;LanguageExt.Core;MathNet.Numerics;System.IO.Hashing;System.Numerics.Tensors"
    )]
    public void A_package_asks_for_no_more_than_it_needs(string name, string expected)
    {
        using var package = Open(name, "nupkg");
        var needed = About(package).Descendants().Where(part => part.Name.LocalName == "dependency");
        Assert.Equal(expected.Split(';'), needed.Select(part => (string)part.Attribute("id")!).Order(StringComparer.Ordinal));
        Assert.All(
            needed.Where(part => (string)part.Attribute("id")! == "FSharp.Core"),
            part => Assert.Equal("6.0.0", (string)part.Attribute("version")!)
        );
    }

    [Fact]
    public void Packing_twice_gives_the_same_parts()
    {
        using var folder = new TemporaryFolder();
        feed.Pack(
            folder.Path,
            Feed.Projects.Single(project => project.EndsWith("FunctionalMetrics.Core.csproj", StringComparison.Ordinal))
        );
        using var first = Open("FunctionalMetrics.Core", "nupkg");
        using var second = ZipFile.OpenRead(folder.File($"FunctionalMetrics.Core.{Repository.Version}.nupkg"));
        Assert.Equal(Parts(first), Parts(second));
        Assert.Equal(-1, Bytes(first, "lib/net10.0/FunctionalMetrics.Core.dll").AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root)));
    }

    /// <summary>Every part with its hash; NuGet names the part with its own properties at random.</summary>
    private static IEnumerable<string> Parts(ZipArchive package) =>
        package
            .Entries.Where(entry => entry.Name != ".rels" && !entry.Name.EndsWith(".psmdcp", StringComparison.Ordinal))
            .Select(entry => $"{entry.FullName} {Convert.ToHexString(SHA256.HashData(Bytes(package, entry.FullName)))}")
            .Order(StringComparer.Ordinal);

    private ZipArchive Open(string name, string kind) =>
        ZipFile.OpenRead(Path.Combine(feed.Packages, $"{name}.{Repository.Version}.{kind}"));

    private static XElement About(ZipArchive package) =>
        XDocument
            .Parse(Text(package, package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).FullName))
            .Root!;

    private static string Value(XElement about, string name) => about.Descendants().Single(part => part.Name.LocalName == name).Value;

    private static string? Type(XElement about) =>
        (string?)about.Descendants().Single(part => part.Name.LocalName == "packageType").Attribute("name");

    private static string Text(ZipArchive package, string name) => Encoding.UTF8.GetString(Bytes(package, name)).TrimStart('\uFEFF');

    private static byte[] Bytes(ZipArchive package, string name)
    {
        using var stream = package.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
