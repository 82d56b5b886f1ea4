using LanguageExt;

namespace FunctionalMetrics.Orleans.Tests;

internal static class Checks
{
    /// <summary>Why something was refused, or that it was not.</summary>
    public static string Reason<T>(Fin<T> outcome) => outcome.Match(_ => "no refusal", error => error.Message);
}
