using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using FSharp.Compiler.Interactive;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.FSharp.Core;

namespace FunctionalMetrics.Pages.Tests;

/// <summary>C# and F# of the pages, compiled against the libraries that the tests were built with, and run in this process.</summary>
internal static partial class Programs
{
    /// <summary>What a project of a console program opens without being told.</summary>
    private const string Usual = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly ImmutableArray<string> Libraries =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator),
    ];

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() =>
        [.. Libraries.Select(path => MetadataReference.CreateFromFile(path))]
    );

    /// <summary>Runs a program of top-level statements and gives what it printed.</summary>
    public static string CSharp(string code)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp14);
        var program = CSharpCompilation.Create(
            $"page{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(Usual, parse), CSharpSyntaxTree.ParseText(Directive().Replace(code, "//$0"), parse)],
            References.Value,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
        );
        using var compiled = new MemoryStream();
        var made = program.Emit(compiled);
        if (!made.Success)
            throw new InvalidOperationException(
                string.Join('\n', made.Diagnostics.Where(told => told.Severity == DiagnosticSeverity.Error))
            );
        var entry = Assembly.Load(compiled.ToArray()).EntryPoint!;
        return Printed(() => entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null));
    }

    /// <summary>Runs a script and gives what it printed. The libraries that the tests were built with stand for its packages.</summary>
    public static string FSharp(string code)
    {
        using var errors = new StringWriter();
        var session = Shell.FsiEvaluationSession.Create(
            Shell.FsiEvaluationSession.GetDefaultConfiguration(),
            ["fsi", "--noninteractive", "--nologo", "--gui-"],
            TextReader.Null,
            TextWriter.Null,
            errors,
            FSharpOption<bool>.None,
            null
        );
        using var ended = (IDisposable)session;
        var beside = Libraries.Where(path =>
            Path.GetDirectoryName(path) + Path.DirectorySeparatorChar == AppContext.BaseDirectory && Used().IsMatch(Path.GetFileName(path))
        );
        var script = string.Join('\n', beside.Select(path => $"#r @\"{path}\"").Append(Directive().Replace(code, "//$0")));
        return Printed(() =>
        {
            var (result, diagnostics) = session.EvalInteractionNonThrowing(script, "page.fsx", FSharpOption<CancellationToken>.None);
            if (result is FSharpChoice<FSharpOption<Shell.FsiValue>, Exception>.Choice2Of2 { Item: var exception })
                throw new InvalidOperationException(
                    string.Join('\n', diagnostics.Select(diagnostic => diagnostic.ToString()).Append(errors.ToString())),
                    exception
                );
        });
    }

    private static string Printed(Action run)
    {
        using var output = new StringWriter();
        var before = Console.Out;
        Console.SetOut(output);
        try
        {
            run();
        }
        finally
        {
            Console.SetOut(before);
        }
        return output.ToString();
    }

    /// <summary>Lines that name packages and projects.</summary>
    [GeneratedRegex("^#(i|r|:package|:project|:property)\\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(
        @"^(FunctionalMetrics\..*|FunctionalMetrics|LanguageExt\.Core|Plotly\.NET.*|DynamicObj|PuppeteerSharp|System\.Numerics\.Tensors)\.dll$"
    )]
    private static partial Regex Used();
}
