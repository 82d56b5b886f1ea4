using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Rendering;

/// <summary>Types of LanguageExt that have no form in other languages.</summary>
internal static class Foreign
{
    private static readonly string[] Known =
    [
        "LanguageExt.Option",
        "LanguageExt.Fin",
        "LanguageExt.Validation",
        "LanguageExt.Seq",
        "LanguageExt.Arr",
        "LanguageExt.Lst",
        "LanguageExt.Common.Error",
    ];

    /// <summary>A sentence for each such type in a result of a metric or in a member of one.</summary>
    public static IEnumerable<string> Problems(CoreModel model, string language) =>
        (from metric in model.Metrics from form in metric.Variants.Prepend(metric) select (Owner: metric.Name, Type: form.Result))
            .Concat(
                from result in model.Results
                where result.SpeaksLanguageExt
                from member in result.Members
                from type in member.Parameters.Select(parameter => parameter.Type).Append(member.Type)
                select (Owner: $"{result.Type.Name}.{member.Name}", Type: type)
            )
            .SelectMany(place => place.Type.Mentions.Where(IsForeign).Select(type => (place.Owner, type)))
            .Select(place =>
                $"{place.Owner} has a {place.type} in it, which has no {language} form; give it an Option, a Fin, a Seq or a type of its own."
            )
            .Distinct();

    private static bool IsForeign(TypeName type) =>
        type.Namespace.StartsWith("LanguageExt", StringComparison.Ordinal) && !Known.Contains(type.FullName);
}
