using System.Collections;
using LanguageExt;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace FunctionalMetrics.Interactive;

/// <summary>What stands inside a success, a failure, or the F# form of a value of the core.</summary>
internal static class Contents
{
    /// <summary>The F# library, which is not known here.</summary>
    public const string FSharpForms = "FunctionalMetrics.FSharp";

    /// <summary>Whether it is a value of the core in the form for C# or F#: both have the core's as their property Core.</summary>
    public static bool IsForm(Type type) =>
        (type.Namespace == FSharpForms || type.Namespace == typeof(IMetric).Namespace) && type.GetProperty("Core") is not null;

    /// <summary>The form for C# of a value of the core; the value where it has no other.</summary>
    public static object FormOf(object value) =>
        typeof(IMetric).Assembly.GetType($"{typeof(IMetric).Namespace}.{value.GetType().Name}") is { } form && IsForm(form)
            ? Activator.CreateInstance(form, value)!
            : value;

    /// <summary>The core's own value.</summary>
    public static object CoreOf(object value) => IsForm(value.GetType()) ? Read(value, "Core")! : value;

    /// <summary>The value inside, or everything that was wrong; null for what is none of these.</summary>
    public static IReadOnlyList<object>? Of(object value) =>
        value.GetType() switch
        {
            var type when Kind(type) == typeof(Fin<>) || Kind(type) == typeof(Validation<,>) => Parts(Read(value, "Case")),
            var type when Kind(type) == typeof(FSharpResult<,>) => Parts(
                Read(value, Read(value, "IsOk") is true ? "ResultValue" : "ErrorValue")
            ),
            var type when IsForm(type) => Parts(Read(value, "Core")),
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
