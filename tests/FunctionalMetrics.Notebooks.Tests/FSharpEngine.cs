using FSharp.Compiler.Interactive;
using Microsoft.FSharp.Core;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>F# cells, each after the last, by the engine of .NET Interactive's F# kernel.</summary>
internal sealed class FSharpEngine : IDisposable
{
    private readonly StringWriter errors = new();
    private readonly Shell.FsiEvaluationSession session;
    private int cell;

    public FSharpEngine() =>
        session = Shell.FsiEvaluationSession.Create(
            Shell.FsiEvaluationSession.GetDefaultConfiguration(),
            ["fsi", "--noninteractive", "--nologo", "--gui-"],
            TextReader.Null,
            TextWriter.Null,
            errors,
            FSharpOption<bool>.None,
            null
        );

    /// <summary>What lies beside the tests; the framework F# finds itself.</summary>
    private static IEnumerable<string> Libraries =>
        CSharpEngine.Assemblies.Where(path =>
            Path.GetDirectoryName(path) + Path.DirectorySeparatorChar == AppContext.BaseDirectory
            && !Path.GetFileName(path).StartsWith("FSharp.", StringComparison.Ordinal)
        );

    /// <summary>Gives the cells to come the libraries of packages; a kernel has none before a cell of its own language asks for one.</summary>
    public void Load() => Run(string.Join('\n', Libraries.Select(library => $"#r @\"{library}\"")));

    /// <summary>Runs a cell and gives the value of its last expression, if it ends with one.</summary>
    public object? Run(string code)
    {
        var (result, diagnostics) = session.EvalInteractionNonThrowing(code, $"cell{++cell}.fsx", FSharpOption<CancellationToken>.None);
        return result switch
        {
            FSharpChoice<FSharpOption<Shell.FsiValue>, Exception>.Choice1Of2 { Item: var value } => value?.Value.ReflectionValue,
            FSharpChoice<FSharpOption<Shell.FsiValue>, Exception>.Choice2Of2 { Item: var exception } => throw new InvalidOperationException(
                string.Join('\n', diagnostics.Select(diagnostic => diagnostic.ToString()).Append(errors.ToString())),
                exception
            ),
            _ => throw new InvalidOperationException("an F# choice of two is one of two"),
        };
    }

    public void Dispose() => ((IDisposable)session).Dispose();
}
