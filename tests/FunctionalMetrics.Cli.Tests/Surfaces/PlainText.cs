using System.Globalization;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>How numbers are written for people, as the pages describe it.</summary>
internal static class PlainText
{
    public const string Undefined = "undefined";

    /// <summary>In the table of the terminal: rates with six decimals, everything else whole.</summary>
    public static string Table(PlainNumber number) =>
        number.Value is not { } value
            ? Undefined
            : Remarked(
                number,
                number.Kind == PlainKind.Rate ? value.ToString("F6", CultureInfo.InvariantCulture) : Whole(number.Kind, value)
            );

    /// <summary>In the report: a rate with four decimals and a score in six digits, but whatever a threshold is copied from is whole.</summary>
    public static string Report(PlainNumber number) =>
        number.Value is not { } value
            ? Undefined
            : Remarked(
                number,
                number.Kind == PlainKind.Rate ? Rate(value)
                    : number.Kind == PlainKind.Score ? Score(value)
                    : Whole(number.Kind, value)
            );

    /// <summary>Four decimals: more near 0, and never rounded up to a perfect 1.</summary>
    public static string Rate(double value) =>
        value is > 0 and < 0.001 ? value.ToString("G4", CultureInfo.InvariantCulture)
        : value is >= 0.999999 and < 1 ? "> 0.999999"
        : value is >= 0.9999 and < 1 ? (Math.Floor(value * 1e6) / 1e6).ToString("F6", CultureInfo.InvariantCulture)
        : value.ToString("F4", CultureInfo.InvariantCulture);

    public static string Score(double value) =>
        double.IsInfinity(value) ? PlainLevel.Exact(value) : value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Whole(PlainKind kind, double value) =>
        kind == PlainKind.Count ? value.ToString("#,0", CultureInfo.InvariantCulture) : PlainLevel.Exact(value);

    private static string Remarked(PlainNumber number, string text) => number.Remark.Length > 0 ? $"{text} {number.Remark}" : text;
}
