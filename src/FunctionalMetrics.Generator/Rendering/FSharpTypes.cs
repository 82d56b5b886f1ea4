using System.Text.RegularExpressions;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Rendering;

/// <summary>
/// How F# writes the types of Core, and how a value of a Core type becomes one: Option, Fin, Validation and Seq turn into option, Result
/// and list; result types that speak LanguageExt turn into the F# types that are generated for them.
/// </summary>
/// <param name="model">What was read of Core.</param>
public sealed partial class FSharpTypes(CoreModel model)
{
    private readonly HashSet<TypeName> wrapped = [.. model.Results.Where(result => result.SpeaksLanguageExt).Select(result => result.Type)];

    private readonly HashSet<TypeName> known =
    [
        .. model.Results.Select(result => result.Type),
        .. model.Batches.Concat(model.States).Select(named => named.Type),
    ];

    /// <summary>The type as F# writes it.</summary>
    public string Type(TypeName type) =>
        type.IsArray
            ? $"{Atom(type.Arguments[0])}{type.Name}"
            : type.FullName switch
            {
                "System.Boolean" => "bool",
                "System.Byte" => "byte",
                "System.Double" => "float",
                "System.Int32" => "int",
                "System.Int64" => "int64",
                "System.Single" => "float32",
                "System.String" => "string",
                "System.ValueTuple" => string.Join(" * ", type.Arguments.Select(Atom)),
                "LanguageExt.Option" or "System.Nullable" => $"{Atom(type.Arguments[0])} option",
                "LanguageExt.Fin" => $"Result<{Type(type.Arguments[0])}, Problem list>",
                "LanguageExt.Validation" => $"Result<{Type(type.Arguments[1])}, Problem list>",
                "LanguageExt.Common.Error" => "Problem",
                "LanguageExt.Seq" or "LanguageExt.Arr" or "LanguageExt.Lst" => $"{Atom(type.Arguments[0])} list",
                _ when known.Contains(type) => type.Name,
                _ => $"{type.FullName}{Arguments(type)}",
            };

    /// <summary>An expression of a Core type as the F# value.</summary>
    public string Value(string expression, TypeName type) => From(type) is { } conversion ? $"{expression} |> {conversion}" : expression;

    /// <summary>The function from a Core type to the F# type; null where they are the same.</summary>
    public string? From(TypeName type) =>
        type.FullName switch
        {
            "LanguageExt.Option" => $"Convert.option {Inner(type.Arguments[0])}",
            "System.Nullable" => "Option.ofNullable",
            "LanguageExt.Fin" => $"Convert.result {Inner(type.Arguments[0])}",
            "LanguageExt.Validation" => $"Convert.validation {Inner(type.Arguments[1])}",
            "LanguageExt.Seq" or "LanguageExt.Arr" or "LanguageExt.Lst" => $"Convert.list {Inner(type.Arguments[0])}",
            "System.ValueTuple" => Tuple(type),
            _ => wrapped.Contains(type) ? type.Name
            : type.IsArray && From(type.Arguments[0]) is not null ? $"Array.map {Inner(type.Arguments[0])}"
            : null,
        };

    /// <summary>Documentation for F#, where a reference to a C# member would lead past the F# form: its name is enough.</summary>
    public static string Doc(string xml) => Reference().Replace(xml, match => $"<c>{Markdown.NameOf(match.Groups[1].Value)}</c>");

    /// <summary>Whether a value of the type is cheap to make and short to write: numbers, and what is made of them.</summary>
    public bool IsLight(TypeName type) =>
        wrapped.Contains(type)
        || type.ToString() is "bool" or "double" or "float" or "int" or "long" or "string"
        || (type.FullName is "LanguageExt.Option" or "LanguageExt.Fin" && IsLight(type.Arguments[0]));

    private string Inner(TypeName type) =>
        From(type) is not { } conversion ? "id"
        : conversion.Contains(' ') && conversion[0] != '(' ? $"({conversion})"
        : conversion;

    private string Tuple(TypeName type)
    {
        var names = type.Arguments.Select((_, index) => ((char)('a' + index)).ToString()).ToList();
        var values = names.Zip(type.Arguments, (name, argument) => From(argument) is { } conversion ? $"{conversion} {name}" : name);
        return $"(fun struct ({string.Join(", ", names)}) -> {string.Join(", ", values)})";
    }

    /// <summary>The type where a tuple needs brackets.</summary>
    private string Atom(TypeName type) => type.FullName == "System.ValueTuple" ? $"({Type(type)})" : Type(type);

    private string Arguments(TypeName type) => type.Arguments.Count == 0 ? "" : $"<{string.Join(", ", type.Arguments.Select(Type))}>";

    [GeneratedRegex("<see cref=\"([^\"]*)\" ?/>")]
    private static partial Regex Reference();
}
