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
/// <param name="Mark">What it is to those who see the result, where it is marked.</param>
public sealed record MemberModel(
    string Name,
    TypeName Type,
    bool IsMethod,
    IReadOnlyList<ParameterModel> Parameters,
    Doc Doc,
    Mark Mark = default
);

/// <summary>How a member of a result is marked.</summary>
/// <param name="IsHeadline">The one number that the result stands for.</param>
/// <param name="IsShown">A number that tables show.</param>
/// <param name="IsCurve">The curve.</param>
/// <param name="Missing">What was not seen where it is absent; empty where it does not say.</param>
public readonly record struct Mark(bool IsHeadline, bool IsShown, bool IsCurve, string Missing);
