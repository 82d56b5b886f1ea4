using System.Reflection;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Reading;

/// <summary>Collects the types that results are made of, each after those it mentions.</summary>
internal sealed class ResultReader(Assembly core, DocFile docs, List<string> problems)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>What a record has of its own accord.</summary>
    private static readonly string[] OfEveryObject = ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "GetType"];

    private readonly List<ResultModel> found = [];
    private readonly HashSet<Type> open = [];

    /// <summary>The types so far.</summary>
    public IReadOnlyList<ResultModel> Found => found;

    /// <summary>Adds a type with all that its members mention.</summary>
    public void Add(Type type, string metric)
    {
        foreach (var part in Inside(type))
            AddPart(part, metric);
    }

    /// <summary>An error type with its kinds.</summary>
    public ErrorFamily Family(Type root, IEnumerable<Type> types) =>
        new(
            TypeNames.Of(root),
            docs.Of(root),
            [
                .. types
                    .Where(type => root.Equals(type.BaseType))
                    .OrderBy(type => type.MetadataToken)
                    .Select(type => new ErrorCase(TypeNames.Of(type), docs.Of(type), Parts(type))),
            ]
        );

    private void AddPart(Type type, string metric)
    {
        if (!type.Assembly.Equals(core) || type.IsEnum || type.IsGenericType || found.Exists(known => known.Type == TypeNames.Of(type)))
            return;
        if (!open.Add(type))
        {
            problems.Add(
                $"{metric}: its result mentions {type.Name} in a circle; a result type is made of others that do not lead back to it."
            );
            return;
        }
        foreach (var mentioned in Types(type).Where(mentioned => !mentioned.Equals(type)))
            AddPart(mentioned, metric);
        open.Remove(type);
        if (found.Exists(known => known.Type == TypeNames.Of(type)))
            return;
        var members = Members(type);
        var mentions = members.SelectMany(member => member.Parameters.Select(parameter => parameter.Type).Append(member.Type));
        found.Add(
            new(
                TypeNames.Of(type),
                docs.Of(type),
                mentions.SelectMany(name => name.Mentions).Any(SpeaksLanguageExt),
                Marked(type, "Curve") is not null,
                members
            )
        );
    }

    private static IEnumerable<Type> Types(Type type) =>
        Properties(type)
            .Select(property => property.PropertyType)
            .Concat(
                Methods(type)
                    .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            )
            .SelectMany(Inside);

    private static IEnumerable<Type> Inside(Type type) =>
        (type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments()).SelectMany(Inside).Append(type);

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(Declared)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0);

    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(Declared).Where(method => !method.IsSpecialName && !OfEveryObject.Contains(method.Name));

    private bool SpeaksLanguageExt(TypeName name) =>
        name.Namespace.StartsWith("LanguageExt", StringComparison.Ordinal)
        || found.Exists(known => known.SpeaksLanguageExt && known.Type == name);

    private IReadOnlyList<MemberModel> Members(Type type) =>
        [
            .. Properties(type).Select(Member),
            .. Methods(type)
                .Select(method => new MemberModel(
                    method.Name,
                    TypeNames.Of(method.ReturnType),
                    true,
                    [
                        .. method
                            .GetParameters()
                            .Select(parameter => new ParameterModel(
                                parameter.Name!,
                                TypeNames.Of(parameter.ParameterType),
                                null,
                                docs.Of(method, parameter)
                            )),
                    ],
                    docs.Of(method)
                )),
        ];

    private MemberModel Member(PropertyInfo property) =>
        new(property.Name, TypeNames.Of(property), false, [], docs.Of(property), MarkOf(property));

    private static Mark MarkOf(PropertyInfo property) =>
        new(
            Marked(property, "Headline") is not null,
            Marked(property, "Shown") is not null,
            Marked(property, "Curve") is not null,
            Marked(property, "Shown")?.ConstructorArguments[0].Value as string ?? ""
        );

    private static CustomAttributeData? Marked(MemberInfo member, string mark) =>
        member.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.FullName == $"FunctionalMetrics.Core.{mark}Attribute");

    private IReadOnlyList<MemberModel> Parts(Type type)
    {
        var parameters = type.GetConstructors().First(constructor => constructor.GetParameters().Length > 0).GetParameters();
        return [.. parameters.Select(parameter => Member(type.GetProperty(parameter.Name!)!))];
    }
}
