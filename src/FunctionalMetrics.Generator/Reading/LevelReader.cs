using System.Reflection;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Reading;

/// <summary>A generic extension method that takes metrics of some batch and state to another batch.</summary>
internal sealed record Level(MethodInfo Method, Type From, Type Batch, Doc Doc)
{
    /// <summary>
    /// Whether it takes this metric: its own parameter is the same type but for the places where it is generic, where anything fits.
    /// </summary>
    public bool Takes(Type metric) =>
        From.GetGenericArguments()
            .Zip(metric.GetGenericArguments())
            .All(pair => pair.First.IsGenericMethodParameter || pair.First.Equals(pair.Second));

    /// <summary>What a metric that it takes keeps at the level: a state of the level's own, or the metric's where the method is generic in it.</summary>
    public Type StateOf(Type metric) =>
        Method.ReturnType.GetGenericArguments()[1] is { IsGenericMethodParameter: false } own
            ? own
            : From.GetGenericArguments()
                .Zip(metric.GetGenericArguments())
                .First(pair => pair.First.Equals(Method.ReturnType.GetGenericArguments()[1]))
                .Second;
}

/// <summary>Finds the levels that Core offers.</summary>
internal static class LevelReader
{
    private const string Home = "Levels";

    public static IReadOnlyList<Level> All(IEnumerable<Type> types, DocFile docs) =>
        [
            .. from type in types
            where type.Name == Home
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where
                method.IsGenericMethodDefinition
                && method.GetParameters().Length == 1
                && !method.ReturnType.GetGenericArguments()[0].IsGenericParameter
            select new Level(method, method.GetParameters()[0].ParameterType, method.ReturnType.GetGenericArguments()[0], docs.Of(method)),
        ];

    /// <summary>The levels of one metric, by name: those that take it, and the one whose batch is its own.</summary>
    public static IReadOnlyList<LevelModel> Of(Type metric, IReadOnlyList<Level> levels)
    {
        var (batch, state) = (metric.GetGenericArguments()[0], TypeNames.Of(metric.GetGenericArguments()[1]));
        var home = levels
            .Where(level => level.Batch.Equals(batch))
            .Select(level => new LevelModel(level.Method.Name, TypeNames.Of(batch), state, null, Doc.None));
        var taken = levels
            .Where(level => level.Takes(metric))
            .Select(level => new LevelModel(
                level.Method.Name,
                TypeNames.Of(level.Batch),
                TypeNames.Of(level.StateOf(metric)),
                $"{level.Method.DeclaringType!.FullName}.{level.Method.Name}",
                level.Doc
            ));
        return [.. home.Concat(taken).DistinctBy(level => level.Name).OrderBy(level => level.Name, StringComparer.Ordinal)];
    }
}
