using System.Collections.Immutable;
using System.Reflection;

namespace FunctionalMetrics.Core;

/// <summary>
/// What the files of this library declare, so that a new one needs no list to stand in: public static properties of a type. The trimmer is told by
/// ILLink.Descriptors.xml to leave them.
/// </summary>
internal static class Declared
{
    public static ImmutableArray<T> All<T>() =>
        [
            .. from type in typeof(Declared).Assembly.GetExportedTypes()
            where !type.ContainsGenericParameters
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where typeof(T).IsAssignableFrom(property.PropertyType)
            select (T)property.GetValue(null)!,
        ];
}
