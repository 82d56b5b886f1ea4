using System.Reflection;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Reading;

/// <summary>A metric's model with the types of its forms.</summary>
internal sealed record DeclaredMetric(MetricModel Model, IReadOnlyList<Type> Forms);

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
        var home = type.GetProperty(Home, Declared);
        if (home is null || !CoreReader.IsMetric(home.PropertyType))
        {
            problems.Add(
                $"{type.Name} declares no static property {Home} of type Metric, which every metric has with its default parameters."
            );
            return null;
        }
        var methods = Factories(type).ToLookup(method => method.ReturnType.Equals(home.PropertyType));
        var factories = methods[true].ToList();
        if (factories.Count > 1)
            problems.Add(
                $"{type.Name} makes its metric with {Listed(factories.Select(method => method.Name))}; one method must take all of its parameters."
            );
        foreach (var method in Factories(type))
            CheckParameters(type, method);
        var others = Properties(type).Where(property => property != home).ToList();
        foreach (var other in others)
            CheckVariant(type, factories, other);
        foreach (var method in methods[false])
            CheckDocumented(type, method.Name, docs.Of(method));
        var doc = docs.Of(type);
        CheckDoc(type.Name, doc);
        if (problems.Count > before)
            return null;
        var model = Model(type.Name, home, home.PropertyType, doc) with
        {
            Factory = factories.FirstOrDefault()?.Name,
            Parameters = [.. factories.SelectMany(docs.Parameters)],
            Variants =
            [
                .. others
                    .Select(other => Model(other.Name, other, other.PropertyType, docs.Of(other)))
                    .Concat(methods[false].Select(Form))
                    .OrderBy(variant => variant.Name, StringComparer.Ordinal),
            ],
        };
        Type[] forms =
        [
            home.PropertyType,
            .. others.Select(other => other.PropertyType),
            .. methods[false].Select(method => method.ReturnType),
        ];
        return new(model, forms);
    }

    /// <summary>A form with parameters of its own, which stands for itself at their defaults.</summary>
    private MetricModel Form(MethodInfo method)
    {
        var parameters = docs.Parameters(method);
        return Model(method.Name, method, method.ReturnType, docs.Of(method)) with
        {
            Property = $"{method.Name}({string.Join(", ", parameters.Select(parameter => Rendering.Text.Literal(parameter.Default!)))})",
            Factory = method.Name,
            Parameters = parameters,
        };
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(Declared).Where(property => CoreReader.IsMetric(property.PropertyType));

    private static IEnumerable<MethodInfo> Factories(Type type) =>
        type.GetMethods(Declared).Where(method => !method.IsSpecialName && CoreReader.IsMetric(method.ReturnType));

    private MetricModel Model(string name, MemberInfo member, Type metric, Doc doc)
    {
        var arguments = metric.GetGenericArguments();
        return new(
            name,
            member.DeclaringType!.FullName!,
            member.Name,
            null,
            [],
            TypeNames.Of(arguments[0]),
            TypeNames.Of(arguments[1]),
            TypeNames.Of(arguments[2]),
            LevelReader.Of(metric, levels),
            [],
            doc
        );
    }

    private void CheckParameters(Type type, MethodInfo factory)
    {
        foreach (var parameter in docs.Parameters(factory))
        {
            var name = $"{type.Name}.{factory.Name}: the parameter {parameter.Name}";
            if (!ParameterTypes.Contains(parameter.Type.ToString()))
                problems.Add($"{name} has the type {parameter.Type}; a parameter is one of {Listed(ParameterTypes)}.");
            else if (parameter.Default is null)
                problems.Add($"{name} has no default value, which {type.Name}.{Home} needs.");
            if (parameter.Doc.IsEmpty)
                problems.Add($"{name} has no <param> documentation.");
        }
    }

    private void CheckVariant(Type type, List<MethodInfo> factories, PropertyInfo variant)
    {
        if (factories.Count > 0)
            problems.Add(
                $"{type.Name} has parameters ({factories[0].Name}) and a second batch ({variant.Name}); it can have one of the two."
            );
        CheckDocumented(type, variant.Name, docs.Of(variant));
    }

    private void CheckDocumented(Type type, string member, Doc doc)
    {
        if (doc.IsEmpty)
            problems.Add($"{type.Name}.{member} has no documentation.");
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
