namespace FunctionalMetrics.Generator.Model;

/// <summary>A type of Core that a result is made of.</summary>
/// <param name="Type">The type.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="SpeaksLanguageExt">
/// Whether a LanguageExt type stands in one of its members, or in those of a type that they mention: a language with an Option and a Result
/// of its own needs a form of its own for it.
/// </param>
/// <param name="Members">Its public properties and methods, in the order of their declaration.</param>
public sealed record ResultModel(TypeName Type, Doc Doc, bool SpeaksLanguageExt, IReadOnlyList<MemberModel> Members);

/// <summary>A public property or method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="IsMethod">Whether it is a method.</param>
/// <param name="Parameters">The parameters of a method; none for a property.</param>
/// <param name="Doc">Its documentation.</param>
public sealed record MemberModel(string Name, TypeName Type, bool IsMethod, IReadOnlyList<ParameterModel> Parameters, Doc Doc);
