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
        foreach (var member in members.Where(member => Mentions(member).Any(IsForeign)))
            problems.Add(
                $"{type.Name}.{member.Name} has a {Mentions(member).First(IsForeign)} in it, which has no form in F# and C#; give it an Option, a Fin, a Seq or a type of its own."
            );
        found.Add(
            new(
                TypeNames.Of(type),
                docs.Of(type),
                members.SelectMany(Mentions).Any(SpeaksLanguageExt),
                MarksOf(type).ContainsKey("Curve"),
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

    private static IEnumerable<TypeName> Mentions(MemberModel member) =>
        member.Parameters.Select(parameter => parameter.Type).Append(member.Type).SelectMany(type => type.Mentions);

    /// <summary>Whether it is a type of LanguageExt that other languages have no form of.</summary>
    private static bool IsForeign(TypeName name) =>
        name.Namespace.StartsWith("LanguageExt", StringComparison.Ordinal)
        && name.Name is not ("Option" or "Fin" or "Validation" or "Seq" or "Arr" or "Lst" or "Error");

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
                    docs.Parameters(method),
                    docs.Of(method),
                    MarksOf(method)
                )),
        ];

    private MemberModel Member(PropertyInfo property) =>
        new(
            property.Name,
            TypeNames.Of(property.PropertyType) with
            {
                Names = NamesOf(property),
            },
            false,
            [],
            docs.Of(property),
            MarksOf(property)
        );

    private static string[] NamesOf(PropertyInfo property) =>
        [
            .. from data in property.GetCustomAttributesData()
            where data.AttributeType.Name == "TupleElementNamesAttribute"
            from name in (IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!
            select name.Value as string ?? "",
        ];

    private static Dictionary<string, string> MarksOf(MemberInfo member) =>
        member
            .GetCustomAttributesData()
            .Where(data => data.AttributeType.Namespace == "FunctionalMetrics.Core")
            .ToDictionary(
                data => data.AttributeType.Name.Replace("Attribute", "", StringComparison.Ordinal),
                data => data.ConstructorArguments.FirstOrDefault().Value as string ?? ""
            );

    private IReadOnlyList<MemberModel> Parts(Type type)
    {
        var parameters = type.GetConstructors().First(constructor => constructor.GetParameters().Length > 0).GetParameters();
        return [.. parameters.Select(parameter => Member(type.GetProperty(parameter.Name!)!))];
    }
}
