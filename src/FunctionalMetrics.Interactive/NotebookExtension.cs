using System.Reflection;
using FunctionalMetrics.Core;
using LanguageExt;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.FSharp.Core;
using Plotly.NET;

namespace FunctionalMetrics.Interactive;

/// <summary>
/// What a notebook gets with the package: metrics and their results are displayed as a table and a chart, an undefined one as its reason,
/// a list of them with names, or a dictionary, as one table with a row for each.
/// .NET Interactive runs <see cref="Load"/> when a cell references the package (<c>#r "nuget: FunctionalMetrics.Interactive"</c>).
/// </summary>
public static class NotebookExtension
{
    private static readonly Type[] Displayed =
    [
        typeof(IMetric),
        typeof(Figure),
        typeof(GenericChart),
        typeof(Evaluator),
        typeof(Evaluation),
        typeof(MetricError),
        typeof(Fault),
        typeof(Fin<>),
        typeof(Validation<,>),
        typeof(FSharpResult<,>),
        .. Numbers.Results,
        .. typeof(IMetric).Assembly.GetExportedTypes().Where(Contents.IsForm),
    ];

    /// <summary>Registers the formatters, and displays plotly.js in the output of the cell: the charts of all others are drawn with it.</summary>
    public static void Load()
    {
        Register();
        PlotlyScript.Html.DisplayAs(HtmlFormatter.MimeType);
    }

    /// <summary>
    /// Registers what <c>text/html</c> and <c>text/plain</c> of the types of this house are, and of those of the F# library once it is loaded.
    /// </summary>
    public static void Register()
    {
        foreach (var type in Displayed)
            Register(type);
        Formatter.Register(new NamedRowsFormatter());
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => RegisterFSharp(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            RegisterFSharp(assembly);
    }

    private static void RegisterFSharp(Assembly assembly)
    {
        if (assembly.GetName().Name == Contents.FSharpForms)
            foreach (var type in assembly.GetExportedTypes().Where(Contents.IsForm))
                Register(type);
    }

    private static void Register(Type type)
    {
        Formatter.Register(type, (value, writer) => writer.Write(Display.Of(value).Html), HtmlFormatter.MimeType);
        Formatter.Register(type, (value, writer) => writer.Write(Display.Of(value).Text), PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(type, HtmlFormatter.MimeType, PlainTextFormatter.MimeType);
    }
}
