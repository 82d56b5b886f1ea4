using System.Globalization;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>Numbers as people read them in a table, the same in every culture.</summary>
internal static class Text
{
    public const string Undefined = "undefined";

    public static string Whole(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(Fin<double> rate) =>
        rate.Match(value => value.ToString("0.000000", CultureInfo.InvariantCulture), _ => Undefined);

    /// <summary>The shortest text that reads back as the same double; a threshold must not lose a pixel on its way through text.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
