using System.Reflection;
using PublicApiGenerator;

namespace FunctionalMetrics.PublicApi.Tests;

/// <summary>
/// The public names of each package stand in a file, so that a change of them is seen. After one that was meant:
/// <c>ACCEPT_SNAPSHOTS=1 dotnet test tests/FunctionalMetrics.PublicApi.Tests</c>, and read the diff.
/// </summary>
public class PublicApiTests
{
    /// <summary>Attributes that are no part of what users call, and some that differ from compiler to compiler.</summary>
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        ExcludeAttributes =
        [
            "System.Runtime.CompilerServices.CompilerGeneratedAttribute",
            "System.CodeDom.Compiler.GeneratedCodeAttribute",
            "System.Diagnostics.Contracts.PureAttribute",
            "Microsoft.FSharp.Core.CompilationMappingAttribute",
            "Microsoft.FSharp.Core.CompilationArgumentCountsAttribute",
            "Microsoft.FSharp.Core.CompilationSourceNameAttribute",
        ],
    };

    private static string Folder => Repository.Path("tests", "FunctionalMetrics.PublicApi.Tests", "Api");

    /// <summary>The packages of this house that other code refers to: all that this project sees of src.</summary>
    private static string[] Names =>
        [
            .. Directory
                .GetFiles(AppContext.BaseDirectory, "FunctionalMetrics*.dll")
                .Select(path => Path.GetFileNameWithoutExtension(path)!)
                .Where(name => Directory.Exists(Repository.Path("src", name)))
                .Order(StringComparer.Ordinal),
        ];

    public static TheoryData<string> Packages => [.. Names];

    [Fact]
    public void Every_package_has_a_file_and_every_file_a_package() =>
        Assert.Equal(
            Names,
            Directory.GetFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)
        );

    [Theory, MemberData(nameof(Packages))]
    public void The_public_names_are_those_of_the_file(string package) =>
        Snapshot.Same(Path.Combine(Folder, package + ".txt"), Assembly.Load(package).GeneratePublicApi(Options) + "\n");
}
