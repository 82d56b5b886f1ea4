using System.Reflection;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Reading;

/// <summary>What was read of an assembly, and a sentence for each declaration that could not be understood.</summary>
/// <param name="Model">The model.</param>
/// <param name="Problems">The sentences; each names what it is about.</param>
public sealed record CoreReading(CoreModel Model, IReadOnlyList<string> Problems);

/// <summary>Reads the compiled core as data: nothing of it is loaded to be run.</summary>
public static class CoreReader
{
    private const string MetricType = "FunctionalMetrics.Core.Metric`3";
    private static readonly string[] ErrorTypes = ["MetricError", "Fault"];

    /// <summary>Reads an assembly and the documentation beside it.</summary>
    /// <param name="assemblyPath">The compiled core.</param>
    /// <param name="references">The assemblies it refers to; of several with one name the first counts.</param>
    public static CoreReading Read(string assemblyPath, IEnumerable<string> references)
    {
        var runtime = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll");
        var paths = references.Prepend(assemblyPath).Concat(runtime).DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase);
        using var context = new MetadataLoadContext(new PathAssemblyResolver(paths), "System.Runtime");
        var assembly = context.LoadFromAssemblyPath(Path.GetFullPath(assemblyPath));
        return Read(assembly, DocFile.Read(Path.ChangeExtension(assemblyPath, ".xml")));
    }

    internal static bool IsMetric(Type type) =>
        type.IsConstructedGenericType && !type.ContainsGenericParameters && type.GetGenericTypeDefinition().FullName == MetricType;

    private static CoreReading Read(Assembly assembly, DocFile docs)
    {
        var problems = new List<string>();
        var types = assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).ToList();
        var levels = LevelReader.All(types, docs);
        var metrics = new MetricReader(docs, levels, problems);
        var declared = types.Where(MetricReader.Declares).Select(metrics.Read).OfType<DeclaredMetric>().ToList();
        var forms = declared.SelectMany(metric => metric.Forms).ToList();
        var batches = forms.SelectMany(form => levels.Where(level => level.Takes(form)).Select(level => level.Batch));
        var results = new ResultReader(assembly, docs, problems);
        foreach (var metric in declared)
        foreach (var form in metric.Forms)
            results.Add(form.GetGenericArguments()[2], metric.Model.Name);
        return new(
            new(
                [.. declared.Select(metric => metric.Model)],
                [.. Named(batches.Concat(Argument(0))).Select(type => new BatchModel(TypeNames.Of(type), docs.Of(type), Sources(type)))],
                [.. Named(Argument(1)).Select(type => new NamedModel(TypeNames.Of(type), docs.Of(type)))],
                results.Found,
                [.. types.Where(type => ErrorTypes.Contains(type.Name)).Select(type => results.Family(type, types))]
            ),
            problems
        );

        IEnumerable<Type> Argument(int index) => forms.Select(form => form.GetGenericArguments()[index]);

        static IEnumerable<Type> Named(IEnumerable<Type> named) => named.Distinct().OrderBy(type => type.Name, StringComparer.Ordinal);

        IReadOnlyList<IReadOnlyList<ParameterModel>> Sources(Type batch) =>
            [
                .. batch
                    .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                    .Where(method => method.Name == "Create")
                    .OrderBy(method => method.MetadataToken)
                    .Select(docs.Parameters),
            ];
    }
}
