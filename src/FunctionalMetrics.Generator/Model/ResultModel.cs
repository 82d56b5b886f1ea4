namespace FunctionalMetrics.Generator.Model;

/// <summary>A type of Core that a result is made of.</summary>
/// <param name="Type">The type.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="SpeaksLanguageExt">
/// Whether a LanguageExt type stands in one of its members, or in those of a type that they mention: a language with an Option and a Result
/// of its own needs a form of its own for it.
/// </param>
/// <param name="IsCurve">Whether it is marked as a curve.</param>
/// <param name="Members">Its public properties and methods, in the order of their declaration.</param>
public sealed record ResultModel(TypeName Type, Doc Doc, bool SpeaksLanguageExt, bool IsCurve, IReadOnlyList<MemberModel> Members);

/// <summary>A public property or method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="IsMethod">Whether it is a method.</param>
/// <param name="Parameters">The parameters of a method; none for a property.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="Marks">How it is marked: the names of Core's attributes, each with its argument.</param>
public sealed record MemberModel(
    string Name,
    TypeName Type,
    bool IsMethod,
    IReadOnlyList<ParameterModel> Parameters,
    Doc Doc,
    IReadOnlyDictionary<string, string> Marks
)
{
    /// <summary>Whether it is the one number that the result stands for.</summary>
    public bool IsHeadline => Marks.ContainsKey("Headline");

    /// <summary>Whether tables show it.</summary>
    public bool Shows => IsHeadline || Marks.ContainsKey("Shown");

    /// <summary>Whether it is the curve.</summary>
    public bool IsCurve => Marks.ContainsKey("Curve");

    /// <summary>What was not seen where it is absent; empty where it does not say.</summary>
    public string Missing => Marks.GetValueOrDefault("Shown", "");
}
