using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FunctionalMetrics.Mutation;

/// <summary>The harness on code that is known: which of its mutants are seen is known too. It takes a second or two.</summary>
internal static class Fixture
{
    /// <summary>Of the larger of two numbers it does not matter which is taken where they are equal: one mutant cannot be seen.</summary>
    private const string Code = """
        public static class Fixture
        {
            public static int Larger(int a, int b) => a > b ? a : b;

            public static bool Test() => Larger(1, 2) == 2 && Larger(2, 1) == 2 && Larger(3, 3) == 3;
        }
        """;

    /// <returns>The exit code: 0 where those survive that must.</returns>
    public static int Run(TextWriter to)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))
            .ToImmutableArray();
        var tree = CSharpSyntaxTree.ParseText(Code, path: "Fixture.cs");
        var model = Compilation(references, tree).GetSemanticModel(tree);
        var mutants = Mutants.Of("Fixture.cs", model).Where(mutant => mutant.Line == 3).ToList();
        var written = CSharpSyntaxTree.ParseText(Mutation.Written.Of(Code, mutants.Index()));
        using var compiled = new MemoryStream();
        var result = Compilation(references, written, CSharpSyntaxTree.ParseText(Switch.Code(mutants.Count))).Emit(compiled);
        if (!result.Success)
        {
            to.WriteLine($"the mutants do not compile: {result.Diagnostics[0]}");
            return 1;
        }
        var survivors = new List<string>();
        for (var number = 0; number <= mutants.Count; number++)
        {
            Environment.SetEnvironmentVariable(Switch.Alive, $"{number}");
            // Each time anew: which mutant is alive is read once.
            var test = Assembly.Load(compiled.ToArray()).GetType("Fixture")!.GetMethod("Test")!;
            if (number > 0 && (bool)test.Invoke(null, null)!)
                survivors.Add(mutants[number - 1].After);
            if (number == 0 && !(bool)test.Invoke(null, null)!)
                survivors.Add("the test fails without a mutant");
        }
        to.WriteLine($"fixture: {mutants.Count - survivors.Count} of {mutants.Count} seen; survived: {string.Join(", ", survivors)}");
        return mutants.Count == 3 && survivors is [var one] && one.Replace(" ", "", StringComparison.Ordinal) == "a>=b" ? 0 : 1;
    }

    private static CSharpCompilation Compilation(ImmutableArray<PortableExecutableReference> references, params SyntaxTree[] trees) =>
        CSharpCompilation.Create($"Fixture{Guid.NewGuid():N}", trees, references, new(OutputKind.DynamicallyLinkedLibrary));
}
