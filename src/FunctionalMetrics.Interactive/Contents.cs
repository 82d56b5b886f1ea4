using System.Collections;
using LanguageExt;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace FunctionalMetrics.Interactive;

/// <summary>What stands inside a success, a failure, or the F# form of a value of the core.</summary>
internal static class Contents
{
    /// <summary>The F# library, which is not known here: its results have the core's as their property Core.</summary>
    public const string FSharpForms = "FunctionalMetrics.FSharp";

    public static bool IsFSharpForm(Type type) => type.Namespace == FSharpForms && type.GetProperty("Core") is not null;

    /// <summary>The value inside, or everything that was wrong; null for what is none of these.</summary>
    public static IReadOnlyList<object>? Of(object value) =>
        value.GetType() switch
        {
            var type when Kind(type) == typeof(Fin<>) || Kind(type) == typeof(Validation<,>) => Parts(Read(value, "Case")),
            var type when Kind(type) == typeof(FSharpResult<,>) => Parts(
                Read(value, Read(value, "IsOk") is true ? "ResultValue" : "ErrorValue")
            ),
            var type when IsFSharpForm(type) => Parts(Read(value, "Core")),
            _ => null,
        };

    /// <summary>A value that is none of this house's, as text; F#'s own results do not say what is in them.</summary>
    public static string Text(object value) =>
        Kind(value.GetType()) == typeof(FSharpResult<,>)
            ? $"{(Read(value, "IsOk") is true ? "Ok" : "Error")} {string.Join("; ", Of(value)!)}"
            : $"{value}";

    private static Type? Kind(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : null;

    private static object? Read(object value, string property) => value.GetType().GetProperty(property)!.GetValue(value);

    private static IReadOnlyList<object> Parts(object? inside) =>
        inside switch
        {
            null => [],
            IEnumerable reasons when Kind(inside.GetType()) == typeof(Seq<>) || Kind(inside.GetType()) == typeof(FSharpList<>) =>
            [
                .. reasons.Cast<object>(),
            ],
            _ => [inside],
        };
}
