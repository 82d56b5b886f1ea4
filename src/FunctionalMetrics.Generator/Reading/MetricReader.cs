using System.Reflection;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Reading;

/// <summary>A metric's model with the types that it brings in.</summary>
internal sealed record DeclaredMetric(MetricModel Model, IReadOnlyList<Type> Batches, Type State, Type Result);

/// <summary>Reads the classes that declare metrics, and says in a sentence what is wrong with one that it cannot read.</summary>
internal sealed class MetricReader(DocFile docs, IReadOnlyList<Level> levels, List<string> problems)
{
    private const string Home = "Metric";
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] ParameterTypes = ["bool", "double", "float", "int", "long", "string"];

    /// <summary>Whether a type is a static class with a metric in it.</summary>
    public static bool Declares(Type type) =>
        type is { IsAbstract: true, IsSealed: true } && (Properties(type).Any() || Factories(type).Any());

    /// <summary>The metric; null where a problem was reported.</summary>
    public DeclaredMetric? Read(Type type)
    {
        var before = problems.Count;
        var (home, factories) = (type.GetProperty(Home, Declared), Factories(type).ToList());
        if (home is null || !CoreReader.IsMetric(home.PropertyType))
        {
            problems.Add(
                $"{type.Name} declares no static property {Home} of type Metric, which every metric has with its default parameters."
            );
            return null;
        }
        if (factories.Count > 1)
            problems.Add(
                $"{type.Name} makes its metric with {Listed(factories.Select(method => method.Name))}; one method must take all of its parameters."
            );
        foreach (var factory in factories)
            CheckFactory(type, home, factory);
        var variants = Properties(type)
            .Where(property => property != home)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var variant in variants)
            CheckVariant(type, home, factories, variant);
        var doc = docs.Of(type);
        CheckDoc(type.Name, doc);
        if (problems.Count > before)
            return null;
        var model = Model(type.Name, home, doc) with
        {
            Factory = factories.FirstOrDefault()?.Name,
            Parameters = [.. factories.SelectMany(Parameters)],
            Variants = [.. variants.Select(variant => Model(variant.Name, variant, docs.Of(variant)))],
        };
        var arguments = home.PropertyType.GetGenericArguments();
        return new(
            model,
            [
                .. variants.Append(home).Select(property => property.PropertyType.GetGenericArguments()[0]),
                .. levels.Where(level => level.Takes(home.PropertyType)).Select(level => level.Batch),
            ],
            arguments[1],
            arguments[2]
        );
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(Declared).Where(property => CoreReader.IsMetric(property.PropertyType));

    private static IEnumerable<MethodInfo> Factories(Type type) =>
        type.GetMethods(Declared).Where(method => !method.IsSpecialName && CoreReader.IsMetric(method.ReturnType));

    private MetricModel Model(string name, PropertyInfo property, Doc doc)
    {
        var arguments = property.PropertyType.GetGenericArguments();
        return new(
            name,
            property.DeclaringType!.FullName!,
            property.Name,
            null,
            [],
            TypeNames.Of(arguments[0]),
            TypeNames.Of(arguments[1]),
            TypeNames.Of(arguments[2]),
            LevelReader.Of(property.PropertyType, levels),
            [],
            doc
        );
    }

    private IEnumerable<ParameterModel> Parameters(MethodInfo factory) =>
        factory
            .GetParameters()
            .Select(parameter => new ParameterModel(
                parameter.Name!,
                TypeNames.Of(parameter.ParameterType),
                parameter.RawDefaultValue,
                docs.Of(factory, parameter)
            ));

    private void CheckFactory(Type type, PropertyInfo home, MethodInfo factory)
    {
        if (!factory.ReturnType.Equals(home.PropertyType))
            problems.Add(
                $"{type.Name}.{factory.Name} gives a {TypeNames.Of(factory.ReturnType)} and {type.Name}.{Home} is a {TypeNames.Of(home.PropertyType)}; they must be the same."
            );
        foreach (var parameter in factory.GetParameters())
        {
            var (name, type_) = ($"{type.Name}.{factory.Name}: the parameter {parameter.Name}", TypeNames.Of(parameter.ParameterType));
            if (!ParameterTypes.Contains(type_.ToString()))
                problems.Add($"{name} has the type {type_}; a parameter is one of {Listed(ParameterTypes)}.");
            else if (!parameter.HasDefaultValue)
                problems.Add($"{name} has no default value, which {type.Name}.{Home} needs.");
            if (docs.Of(factory, parameter).IsEmpty)
                problems.Add($"{name} has no <param> documentation.");
        }
    }

    private void CheckVariant(Type type, PropertyInfo home, List<MethodInfo> factories, PropertyInfo variant)
    {
        var (first, second) = (home.PropertyType.GetGenericArguments(), variant.PropertyType.GetGenericArguments());
        if (!first[1].Equals(second[1]) || !first[2].Equals(second[2]))
            problems.Add(
                $"{type.Name}.{variant.Name} keeps another state or gives another result than {type.Name}.{Home}; it is a metric of its own and needs a class of its own."
            );
        if (factories.Count > 0)
            problems.Add(
                $"{type.Name} has parameters ({factories[0].Name}) and a second batch ({variant.Name}); it can have one of the two."
            );
        if (docs.Of(variant).IsEmpty)
            problems.Add($"{type.Name}.{variant.Name} has no documentation.");
    }

    private void CheckDoc(string name, Doc doc)
    {
        (string Text, string Missing)[] parts =
        [
            (doc.Lead, "a first sentence that says what it is"),
            (doc.Formula, "a paragraph that begins with \"Formula:\""),
            (doc.Undefined, "a paragraph that says when it is undefined"),
            (doc.Source, "a paragraph that begins with \"Source:\""),
        ];
        if (parts.Where(part => part.Text.Length == 0).Select(part => part.Missing).ToList() is { Count: > 0 } missing)
            problems.Add($"The documentation of {name} lacks {Listed(missing)}.");
    }

    private static string Listed(IEnumerable<string> words) =>
        words.ToList() is [.. { Count: > 0 } before, var last] ? $"{string.Join(", ", before)} and {last}" : words.First();
}
