using System.Reflection;
using System.Xml.Linq;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Reading;

/// <summary>The XML documentation file that the compiler writes beside an assembly, looked up by the ids it uses there.</summary>
public sealed class DocFile
{
    private readonly Dictionary<string, XElement> members;

    private DocFile(Dictionary<string, XElement> members) => this.members = members;

    /// <summary>Reads a file; a file that is not there documents nothing.</summary>
    public static DocFile Read(string path) =>
        new(
            File.Exists(path)
                ? XDocument
                    .Load(path, LoadOptions.PreserveWhitespace)
                    .Descendants("member")
                    .ToDictionary(member => (string)member.Attribute("name")!)
                : []
        );

    /// <summary>The summary of a type.</summary>
    public Doc Of(Type type) => Summary($"T:{Id(type)}");

    /// <summary>The summary of a property.</summary>
    public Doc Of(PropertyInfo property) => Summary($"P:{Id(property.DeclaringType!)}.{property.Name}");

    /// <summary>The summary of a method.</summary>
    public Doc Of(MethodInfo method) => Summary(Id(method));

    /// <summary>The parameters of a method with what is said of them.</summary>
    public IReadOnlyList<ParameterModel> Parameters(MethodInfo method)
    {
        var said = members.GetValueOrDefault(Id(method))?.Elements("param").ToLookup(element => (string?)element.Attribute("name"));
        return
        [
            .. method
                .GetParameters()
                .Select(parameter => new ParameterModel(
                    parameter.Name!,
                    TypeNames.Of(parameter.ParameterType),
                    parameter.HasDefaultValue ? parameter.RawDefaultValue : null,
                    Doc.Of(said?[parameter.Name].FirstOrDefault())
                )),
        ];
    }

    private Doc Summary(string id) => Doc.Of(members.TryGetValue(id, out var member) ? member.Element("summary") : null);

    private static string Id(MethodInfo method)
    {
        var arity = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        var parameters = string.Join(',', method.GetParameters().Select(parameter => Id(parameter.ParameterType)));
        return $"M:{Id(method.DeclaringType!)}.{method.Name}{arity}{(parameters.Length > 0 ? $"({parameters})" : "")}";
    }

    private static string Id(Type type) =>
        type.IsGenericMethodParameter ? $"``{type.GenericParameterPosition}"
        : type.IsGenericTypeParameter ? $"`{type.GenericParameterPosition}"
        : type.IsArray
            ? $"{Id(type.GetElementType()!)}[{string.Join(',', Enumerable.Repeat("0:", type.IsSZArray ? 0 : type.GetArrayRank()))}]"
        : type.IsConstructedGenericType
            ? $"{Id(type.GetGenericTypeDefinition()).Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(Id))}}}"
        : type.FullName!.Replace('+', '.');
}
