using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// How much a number of one model is above that of another on the same data, and how sure that is: (d - true d) / standard error follows Student's t, or the normal
/// distribution where the degrees of freedom are infinite. Compared by value; immutable.
/// </summary>
/// <param name="Value">d = a - b.</param>
/// <param name="StandardError">The root of its variance; 0 where nothing varies.</param>
/// <param name="DegreesOfFreedom">Of Student's t; infinity is the normal distribution.</param>
public sealed record ModelDifference(double Value, double StandardError, double DegreesOfFreedom)
{
    /// <summary>The largest difference that there can be, above 0: 1 for areas, which lie in [0, 1]; infinity unless it is given.</summary>
    public double Largest { get; init; } = double.PositiveInfinity;

    /// <summary>d / standard error; 0 where both are 0. <see cref="NoSpread"/> where the standard error alone is 0.</summary>
    public Fin<double> Statistic =>
        StandardError > 0 ? Value / StandardError
        : Value == 0 ? 0.0
        : NoSpread.OfDifference("test", Value);

    /// <summary>
    /// The chance of a statistic as far from 0, either way, were the models equal. It is below 0.05 exactly where the 95% interval leaves 0 out. 1 where difference and standard error are 0;
    /// <see cref="NoSpread"/> where the standard error alone is 0.
    /// </summary>
    public Fin<double> P => Statistic.Map(statistic => Math.Min(1, 2 * Student.Tail(statistic, DegreesOfFreedom)));

    /// <summary>d -+ quantile times standard error, cut to [-<see cref="Largest"/>, <see cref="Largest"/>]; <see cref="NoSpread"/> where the standard error is 0.</summary>
    /// <param name="level">How often the interval is to hold the true difference, in (0, 1).</param>
    public Fin<Interval> Interval(double level = 0.95)
    {
        if (!(level > 0 && level < 1))
            return new OutOfRange("the level of an interval", level, "(0, 1)");
        if (StandardError == 0)
            return NoSpread.OfDifference("interval", Value);
        var half = Student.Quantile(level, DegreesOfFreedom) * StandardError;
        return new Interval(Math.Max(-Largest, Value - half), Math.Min(Largest, Value + half));
    }

    /// <summary>
    /// Whether the models are shown to be as good as each other, but for a margin: two one-sided tests at 5%, or, which is the same, whether the 90% interval of the difference lies strictly
    /// within (-margin, margin). Source: Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15 (1987).
    /// </summary>
    /// <param name="margin">The largest difference that does not matter, above 0.</param>
    public Fin<Equivalence> Equivalence(double margin)
    {
        if (!(margin > 0 && double.IsFinite(margin)))
            return new OutOfRange("the margin of equivalence", margin, "(0, infinity)");
        if (StandardError == 0)
            return NoSpread.OfDifference("test of equivalence", Value);
        var p = Math.Max(Above((margin - Value) / StandardError), Above((Value + margin) / StandardError));
        return Interval(1 - 2 * Statistics.Equivalence.Level)
            .Map(ninety => new Equivalence(p, -margin < ninety.Lower && ninety.Upper < margin, margin));

        double Above(double statistic) =>
            statistic < 0 ? 1 - Student.Tail(statistic, DegreesOfFreedom) : Student.Tail(statistic, DegreesOfFreedom);
    }
}

/// <summary>Whether two models are shown to differ by less than a margin. Compared by value; immutable.</summary>
/// <param name="P">The larger of the two one-sided p.</param>
/// <param name="Holds">Whether they are equivalent at 5%.</param>
/// <param name="Margin">The margin.</param>
public sealed record Equivalence(double P, bool Holds, double Margin)
{
    /// <summary>The level of each of the two tests.</summary>
    public const double Level = 0.05;
}
