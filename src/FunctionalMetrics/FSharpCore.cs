using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace FunctionalMetrics;

/// <summary>
/// Charts need the FSharp.Core of Plotly.NET. A program that brings an older one of its own (.NET Interactive is one: 10.0, where Plotly.NET asks
/// for 10.1) cannot load a second, so the request is answered with the one that is there.
/// </summary>
internal static class FSharpCore
{
    private const string Name = "FSharp.Core";

    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "The runtime asks for FSharp.Core before any method of this library could be called."
    )]
    [ModuleInitializer]
    internal static void AnswerWithTheOneThatIsThere() => AssemblyLoadContext.Default.Resolving += Resolve;

    /// <summary>The program's own FSharp.Core for a version that it does not have; a request that names no version is not asked a second time.</summary>
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName asked) =>
        asked is { Name: Name, Version: not null } ? Own(context) : null;

    private static Assembly? Own(AssemblyLoadContext context)
    {
        try
        {
            return context.LoadFromAssemblyName(new AssemblyName(Name));
        }
        catch (FileNotFoundException)
        {
            // There is none at all: the runtime goes on and says so itself, with the version that was asked for.
            return null;
        }
    }
}
