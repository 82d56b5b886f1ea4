using System.Globalization;
using System.Reflection;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Every metric that Core declares, found by reflection, and the same metrics at their other levels.</summary>
internal static class MetricCatalog
{
    /// <summary>The values that each type of parameter is tried with: limits and thresholds, and bits of a resolution.</summary>
    private static readonly Dictionary<Type, object[]> Parameters = new()
    {
        [typeof(double)] = [0.05, 0.3, 1.0],
        [typeof(int)] = [3, 18, 24],
        [typeof(string)] = ["f1"],
        [typeof(bool)] = [false],
    };

    /// <summary>Public static members that are a metric, or that make one of parameters.</summary>
    public static IReadOnlyList<MemberInfo> Declarations { get; } =
    [
        .. typeof(Metric<,,>)
            .Assembly.GetExportedTypes()
            .Where(type => type.IsAbstract && type.IsSealed && type != typeof(Levels))
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static))
            .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false } && IsMetric(TypeOf(member))),
    ];

    /// <summary>The cases of one declaration; none when the tests do not know how to make its parameters or its batches.</summary>
    public static IReadOnlyList<IMetricCase> CasesOf(MemberInfo declaration)
    {
        if (!Batching.Kinds.Contains(TypeOf(declaration).GetGenericArguments()[0]))
            return [];
        var name = $"{declaration.DeclaringType!.Name}.{declaration.Name}";
        if (declaration is PropertyInfo property)
            return Case(name, property.GetValue(null)!) is var plain ? [plain, .. plain.Lifted] : [];
        var method = (MethodInfo)declaration;
        return [.. Arguments(method.GetParameters()).Select(values => Case($"{name}({Listed(values)})", method.Invoke(null, values)!))];
    }

    public static IReadOnlyList<IMetricCase> All { get; } = [.. Declarations.SelectMany(CasesOf)];

    public static IMetricCase Named(string name) => All.Single(metric => metric.Name == name);

    /// <summary>For theories: the names of all metrics.</summary>
    public static TheoryData<string> Names => [.. All.Select(metric => metric.Name)];

    /// <summary>For theories: the metrics of ranks and regions, which look at scores only through their order.</summary>
    public static TheoryData<string> Ranking => [.. All.Where(IsRanking).Select(metric => metric.Name)];

    /// <summary>Whether it looks at scores only through their order, and shows rates and areas.</summary>
    public static bool IsRanking(IMetricCase metric) =>
        metric.State == typeof(RankState) || metric.State == typeof(RegionState) || metric.State == typeof(SaturatedRegionState);

    /// <summary>Every combination of the values; none where a parameter is of a type without values.</summary>
    private static IEnumerable<object[]> Arguments(ParameterInfo[] parameters) =>
        parameters.Aggregate(
            (IEnumerable<object[]>)
                [
                    [],
                ],
            (known, parameter) =>
                known.SelectMany(values =>
                    Parameters.GetValueOrDefault(parameter.ParameterType, []).Select(value => (object[])[.. values, value])
                )
        );

    private static string Listed(object[] values) =>
        string.Join(", ", values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));

    private static bool IsMetric(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Metric<,,>);

    private static Type TypeOf(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((MethodInfo)member).ReturnType;

    private static IMetricCase Case(string name, object metric) =>
        (IMetricCase)
            Activator.CreateInstance(typeof(MetricCase<,,>).MakeGenericType(metric.GetType().GetGenericArguments()), name, metric)!;
}
