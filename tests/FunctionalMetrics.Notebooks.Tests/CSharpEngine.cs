using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>C# cells, each after the last, by the engine of .NET Interactive's C# kernel, with that kernel's namespaces open.</summary>
internal sealed class CSharpEngine
{
    private static readonly ScriptOptions Options = ScriptOptions
        .Default.WithReferences(Assemblies)
        .WithImports("System", "System.Collections.Generic", "System.Linq", "System.Text", "System.Threading.Tasks");

    private ScriptState<object>? state;

    /// <summary>Every library that the tests run with: the framework, this house's, and what those need.</summary>
    public static ImmutableArray<string> Assemblies =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)];

    /// <summary>Runs a cell and gives the value of its last expression, if it ends with one.</summary>
    public async Task<object?> Run(string code)
    {
        state = state is null
            ? await CSharpScript.RunAsync(code, Options).ConfigureAwait(false)
            : await state.ContinueWithAsync(code).ConfigureAwait(false);
        return state.ReturnValue;
    }
}
