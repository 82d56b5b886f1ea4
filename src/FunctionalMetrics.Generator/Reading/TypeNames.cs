using System.Reflection;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Reading;

/// <summary>From metadata to names.</summary>
internal static class TypeNames
{
    public static TypeName Of(Type type) => Of(type, new Queue<string>());

    /// <summary>The type of a property, with the names of tuples: the compiler keeps those apart, in the order in which they are written.</summary>
    public static TypeName Of(PropertyInfo property) =>
        Of(
            property.PropertyType,
            new Queue<string>(
                from data in property.GetCustomAttributesData()
                where data.AttributeType.Name == "TupleElementNamesAttribute"
                from name in (IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!
                select name.Value as string ?? ""
            )
        );

    private static TypeName Of(Type type, Queue<string> names)
    {
        if (type.IsArray)
            return new("", $"[{new string(',', type.GetArrayRank() - 1)}]", [Of(type.GetElementType()!, names)]);
        var arguments = type.GetGenericArguments();
        string[] own =
        [
            .. arguments
                .Where(_ => type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) && names.Count > 0)
                .Select(_ => names.Dequeue()),
        ];
        return new(type.Namespace ?? "", Name(type), [.. arguments.Select(argument => Of(argument, names))]) { Names = own };
    }

    private static string Name(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.DeclaringType is { } declaring && !type.IsGenericParameter ? $"{Name(declaring)}.{name}" : name;
    }
}
