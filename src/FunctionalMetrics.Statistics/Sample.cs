using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;
using MathNet.Numerics.Distributions;
using static System.FormattableString;

namespace FunctionalMetrics.Statistics;

/// <summary>The replicates of a number that have a value, ascending, and the values without each image; checked when it is made.</summary>
internal sealed class Sample
{
    /// <summary>Of so many replicates at most one may have no value.</summary>
    private const int OneIn = 100;

    private readonly double[] replicates;
    private readonly double[][] leftOut;

    /// <param name="value">The number.</param>
    /// <param name="drawn">The replicates that have a value, as they were drawn.</param>
    /// <param name="undefined">How many have none.</param>
    /// <param name="leftOut">The number without each image of each class.</param>
    private Sample(double value, double[] drawn, int undefined, double[][] leftOut)
    {
        (Value, Undefined, this.leftOut, Width) = (value, undefined, leftOut, Width.Of(leftOut));
        (replicates, StandardDeviation) = ([.. drawn.Order()], Deviation(drawn));
    }

    public double Value { get; }

    /// <summary>How many replicates have no value.</summary>
    public int Undefined { get; }

    public Width Width { get; }

    /// <summary>That of the replicates, divisor B - 1.</summary>
    public double StandardDeviation { get; }

    /// <summary>A class without images is none.</summary>
    public static Fin<Sample> Of(Resampled number)
    {
        var strata = number.LeftOut.Where(stratum => stratum.Length > 0).ToList();
        var defined = number.Replicates.SelectMany(value => value.ToSeq()).ToArray();
        var undefined = number.Replicates.Length - defined.Length;
        return number.Value.Case is not double value ? number.Value.Map(_ => default(Sample)!)
            : strata.Exists(stratum => stratum.Length == 1) ? No("a class of one gives that one again in every draw")
            : strata.SelectMany(stratum => stratum).FirstOrDefault(without => without.IsFail).Case is Error why
            && strata.Exists(stratum => stratum.Any(without => without.IsFail))
                ? No($"with one of them left out it has no value ({why.Message})")
            : undefined * (long)OneIn > number.Replicates.Length
                ? No(Invariant($"{undefined} of {number.Replicates.Length} replicates have no value, more than 1 in {OneIn}"))
            : defined.Length < 2 ? No("there are fewer than two replicates")
            : new Sample(
                value,
                defined,
                undefined,
                [.. strata.Select(stratum => stratum.SelectMany(without => without.ToSeq()).ToArray())]
            );

        Fin<Sample> No(string why) => new NotResampledEnough(number.Key, why);
    }

    /// <summary>The shares of the replicates at which the BCa interval ends.</summary>
    /// <param name="w">The quantile that stands for that of the normal distribution.</param>
    public Fin<(double Lower, double Upper)> BcaShares(double w)
    {
        var share = (replicates.Count(value => value < Value) + replicates.Count(value => value == Value) / 2.0) / replicates.Length;
        if (share is 0 or 1)
            return Error.New("the number lies outside all of its replicates, so that the interval is the percentile one");
        var (bias, a) = (Normal.InvCDF(0, 1, share), Acceleration);
        return 1 - a * (bias - w) <= 0 || 1 - a * (bias + w) <= 0
            ? Error.New("the acceleration is too large for a bias-corrected end, so that the interval is the percentile one")
            : (Share(bias - w), Share(bias + w));

        double Share(double end) => Normal.CDF(0, 1, bias + end / (1 - a * end));
    }

    public Fin<BootstrapInterval> Between((double Lower, double Upper) shares, double level, string method) =>
        replicates[0] == replicates[^1] ? new NotResampledEnough("the number", Invariant($"all replicates are equal to {replicates[0]}"))
        : Quantiles(shares) is var (lower, upper) ? new BootstrapInterval(lower, upper, level, method, Undefined)
        : default;

    /// <summary>numpy's linear quantiles of the replicates.</summary>
    public Interval Quantiles((double Lower, double Upper) shares) => new(Quantile(shares.Lower), Quantile(shares.Upper));

    /// <summary>Sums are taken as drawn, so that a difference and its negation have one deviation, to the last bit.</summary>
    private static double Deviation(double[] drawn)
    {
        if (drawn.All(value => value == drawn[0]))
            return 0;
        var mean = drawn.Average();
        return Math.Sqrt(drawn.Sum(value => (value - mean) * (value - mean)) / (drawn.Length - 1));
    }

    private double Acceleration
    {
        get
        {
            var (top, bottom) = (0.0, 0.0);
            // Where all are equal, rounding of their mean must not count.
            foreach (var stratum in leftOut.Where(values => values.Any(value => value != values[0])))
            {
                var (n, mean) = ((double)stratum.Length, stratum.Average());
                var influence = stratum.Select(value => (n - 1) * (mean - value)).ToList();
                top += influence.Sum(u => u * u * u) / (n * n * n);
                bottom += influence.Sum(u => u * u) / (n * n);
            }
            return bottom == 0 ? 0 : top / (6 * Math.Pow(bottom, 1.5));
        }
    }

    private double Quantile(double share)
    {
        var place = (replicates.Length - 1) * share;
        var below = (int)Math.Floor(place);
        var (low, high, part) = (replicates[below], replicates[Math.Min(below + 1, replicates.Length - 1)], place - below);
        return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
    }
}

/// <summary>What makes an interval of few images wide enough: the degrees of freedom of Student's t, and by how much resampling understates the spread.</summary>
internal readonly record struct Width(double DegreesOfFreedom, double Factor)
{
    public static Width Of(double[][] leftOut)
    {
        var strata = leftOut.Select(values => (N: (double)values.Length, V: Variance(values))).ToList();
        var sum = strata.Sum(stratum => stratum.V);
        if (sum == 0)
            return strata.Min(stratum => stratum.N) is var least ? new(least - 1, Math.Sqrt(least / (least - 1))) : default;
        return new(
            sum * sum / strata.Sum(stratum => stratum.V * stratum.V / (stratum.N - 1)),
            Math.Sqrt(sum / strata.Sum(stratum => stratum.V * (stratum.N - 1) / stratum.N))
        );
    }

    /// <summary>w = f t_df, which stands for the normal quantile.</summary>
    public double Quantile(double level) => Factor * Student.Quantile(level, DegreesOfFreedom);

    private static double Variance(double[] values)
    {
        if (values.All(value => value == values[0]))
            return 0;
        var mean = values.Average();
        return (values.Length - 1.0) / values.Length * values.Sum(value => (mean - value) * (mean - value));
    }
}
