using System.Reflection;

namespace FunctionalMetrics.Tests;

/// <summary>What C# users see is C#: no type of LanguageExt stands in a signature, nor in a result that a metric gives.</summary>
public sealed class SurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types = typeof(AurocMetric).Assembly.GetExportedTypes();

    [Fact]
    public void No_type_of_LanguageExt_stands_in_a_public_signature() => Assert.Empty(Types.SelectMany(SignaturesOf).Distinct());

    [Fact]
    public void No_result_of_the_core_that_is_shown_as_it_is_speaks_LanguageExt()
    {
        var results = Types
            .SelectMany(type => type.GetInterfaces())
            .Where(type => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IMetricResult<>))
            .Select(type => type.GenericTypeArguments[0])
            .Concat(Types.Where(type => type.GetProperty("Core") is not null).SelectMany(Members))
            .Where(type => type.Assembly == typeof(Core.RocCurve).Assembly && !type.IsGenericParameter)
            .Distinct()
            .ToList();

        Assert.Contains(typeof(Core.CurvePoints), results);
        Assert.Empty(results.SelectMany(SignaturesOf));
    }

    /// <summary>What members other than the value of the core itself give.</summary>
    private static IEnumerable<Type> Members(Type form) =>
        form.GetMethods(Declared)
            .Where(method => method.IsPublic && method.Name is not ("get_Core" or "op_Implicit" or "Equals" or "<Clone>$"))
            .SelectMany(method => Mentions(method.ReturnType));

    private static IEnumerable<string> SignaturesOf(Type type) =>
        from method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
        where method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly
        from parameter in method
            .GetParameters()
            .Select(parameter => parameter.ParameterType)
            .Append(method is MethodInfo { ReturnType: var returned } ? returned : typeof(void))
        from mentioned in Mentions(parameter)
        where mentioned.Namespace?.StartsWith("LanguageExt", StringComparison.Ordinal) == true
        // A record that derives from the core's errors overrides what those inherit.
        where !type.IsAssignableTo(typeof(Core.MetricError))
        select $"{type.Name}.{method.Name}: {mentioned.Name}";

    private static IEnumerable<Type> Mentions(Type type) =>
        (type.HasElementType ? [type.GetElementType()!] : type.GetGenericArguments())
            .Where(inner => !inner.IsGenericParameter)
            .SelectMany(Mentions)
            .Append(type);
}
