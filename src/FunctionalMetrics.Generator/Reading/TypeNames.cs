using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Reading;

/// <summary>From metadata to names.</summary>
internal static class TypeNames
{
    public static TypeName Of(Type type) =>
        type.IsArray
            ? new("", $"[{new string(',', type.GetArrayRank() - 1)}]", [Of(type.GetElementType()!)])
            : new(type.Namespace ?? "", Name(type), [.. type.GetGenericArguments().Select(Of)]);

    private static string Name(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.DeclaringType is { } declaring && !type.IsGenericParameter ? $"{Name(declaring)}.{name}" : name;
    }
}
