using System.Globalization;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Cli;

/// <summary>Numbers as people read them in a table, the same in every culture.</summary>
internal static class Text
{
    public const string Undefined = "undefined";

    /// <summary>A number of an evaluation.</summary>
    public static string Of(LevelNumber number) =>
        number.Value.Match(
            value =>
                (
                    number.Kind switch
                    {
                        NumberKind.Count when value.Lower < value.Upper =>
                            $"{Readable.Count((long)value.Lower)} .. {Readable.Count((long)value.Upper)}",
                        NumberKind.Count => Readable.Count((long)value.Lower),
                        NumberKind.Rate when value.Lower < value.Upper => Readable.Rate(value),
                        NumberKind.Rate => value.Lower.ToString("0.000000", CultureInfo.InvariantCulture),
                        _ => Readable.Exact(value),
                    }
                    + " "
                    + number.Remark
                ).TrimEnd(),
            _ => Undefined
        );
}
