using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using MathNet.Numerics.Distributions;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// Intervals and tests from the image bootstrap: of numbers that were computed of images drawn again and again (<see cref="ReplicateTable"/>). Images are what is independent.
/// <para>
/// Formula: theta_i is the number without image i of class k, of n_k images with mean m_k; v_k = (n_k - 1)/n_k Sum (m_k - theta_i)^2; df = (Sum v)^2 / Sum (v^2/(n_k - 1)) and f^2 = Sum v / Sum (v (n_k - 1)/n_k), those of
/// the smallest class where all v are 0. w = f t_df stands for the normal quantile z, which is too narrow for few images.
/// </para>
/// <para>
/// No interval where a class has one image, where more than 1 in 100 replicates or one theta_i have no value, and where all replicates are equal: <see cref="NotResampledEnough"/> says which. Replicates without a value are
/// left out and counted.
/// </para>
/// <para>Source: Efron and Tibshirani, An introduction to the bootstrap (1993), chapter 14; with z for w the intervals are those of scipy and of R's boot.</para>
/// </summary>
public static class Bootstrap
{
    /// <summary>Below so many images of a class an interval comes with a warning.</summary>
    public const int FewImages = 10;

    /// <summary>
    /// The interval of a number, bias-corrected and accelerated (BCa): numpy's linear quantiles of the replicates at Phi(z0 + (z0 -+ w)/(1 - a (z0 -+ w))), z0 = Phi^-1 of the share of replicates below the number (half of the
    /// ties), a = Sum Sum U^3/n_k^3 / (6 (Sum Sum U^2/n_k^2)^1.5), U = (n_k - 1)(m_k - theta_i). Where that has no end it is the percentile interval, and says so.
    /// </summary>
    /// <param name="number">The number with its replicates.</param>
    /// <param name="level">How often the interval is to hold the true number, in (0, 1).</param>
    public static Fin<BootstrapInterval> Bca(this Resampled number, double level = 0.95) =>
        Checked(number, level)
            .Bind(sample =>
            {
                var w = sample.Width.Quantile(level);
                return sample
                    .BcaShares(w)
                    .Match(
                        ends => sample.Between(ends, level, BootstrapInterval.OfBca),
                        why =>
                            sample
                                .Between(Percentiles(w), level, BootstrapInterval.OfPercentiles)
                                .Map(found => found with { Remark = Some(why.Message) })
                    );
            });

    /// <summary>The interval between two quantiles of the replicates, at Phi(-+w).</summary>
    /// <param name="number">The number with its replicates.</param>
    /// <param name="level">How often the interval is to hold the true number, in (0, 1).</param>
    public static Fin<BootstrapInterval> Percentile(this Resampled number, double level = 0.95) =>
        Checked(number, level)
            .Bind(sample => sample.Between(Percentiles(sample.Width.Quantile(level)), level, BootstrapInterval.OfPercentiles));

    /// <summary>
    /// The unweighted mean of a number over categories whose images are drawn apart: replicate b is the mean of the categories' replicates b, and one image of one category is left out at a
    /// time. Without a category it has no value (<see cref="NoCategory"/>).
    /// </summary>
    /// <param name="number">Whose level and key it has.</param>
    /// <param name="categories">The number of each category, drawn as often and with another <see cref="DrawRules.Category"/>; otherwise they have the same draws, or none of the mean.</param>
    public static Resampled Mean(Resampled number, params IReadOnlyList<Resampled> categories)
    {
        var known = toSeq(categories).Map(own => own.Value).Sequence();
        double[] values = [.. known.IfFail([])];
        // Without a value, or where one was drawn more often than another, there is nothing to be put together.
        if (values.Length == 0 || categories.DistinctBy(own => own.Replicates.Length).Count() > 1)
            return number with
            {
                Value = categories.Count == 0 ? new NoCategory() : known.Map(all => all.Sum() / all.Count),
                Replicates = [],
                LeftOut = [],
            };
        return number with
        {
            Value = values.Average(),
            Replicates =
            [
                .. Enumerable
                    .Range(0, categories[0].Replicates.Length)
                    .Select(b => toSeq(categories).Map(own => own.Replicates[b]).Sequence().Map(all => all.Sum() / values.Length)),
            ],
            LeftOut =
            [
                .. categories.SelectMany(
                    (own, at) =>
                        own.LeftOut.Select(stratum =>
                            stratum
                                .Select(without => without.Map(value => values.Select((mean, k) => k == at ? value : mean).Average()))
                                .ToImmutableArray()
                        )
                ),
            ],
        };
    }

    /// <summary>
    /// A number of one model less that of another, of the same images in each replicate: d, the standard deviation of the replicates (divisor B - 1) times f, and df. The interval d -+ w sd and p = 2 T_df(-|d| / (f sd)) agree.
    /// Where all replicates are equal the standard error is 0.
    /// </summary>
    /// <param name="a">The number of one model.</param>
    /// <param name="b">The same number of another, of images of the same names, with the same seed and number of replicates; see <see cref="PairedImages"/>.</param>
    public static Fin<ResampledDifference> Difference(Resampled a, Resampled b)
    {
        var difference = a with
        {
            Value = Less(a.Value, b.Value),
            Replicates = [.. a.Replicates.Zip(b.Replicates, Less)],
            LeftOut = [.. a.LeftOut.Zip(b.LeftOut, (one, other) => one.Zip(other, Less).ToImmutableArray())],
        };
        return a.Key != b.Key || a.Level != b.Level || a.Replicates.Length != b.Replicates.Length || !SameImages(a, b)
            ? new NotPaired(a.Key, b.Key)
            : Sample
                .Of(difference)
                .Map(sample => new ResampledDifference(
                    new(sample.Value, sample.Width.Factor * sample.StandardDeviation, sample.Width.DegreesOfFreedom),
                    sample.Undefined
                ));

        static Fin<double> Less(Fin<double> one, Fin<double> other) => one.Bind(x => other.Map(y => x - y));
    }

    /// <summary>The same interval with any quantile in the place of w, as scipy has it with the normal one.</summary>
    internal static Fin<Interval> BcaAt(Resampled number, double w) =>
        Sample.Of(number).Bind(sample => sample.BcaShares(w).Map(ends => sample.Quantiles(ends)));

    private static bool SameImages(Resampled a, Resampled b) =>
        a.LeftOut.Select(stratum => stratum.Length).SequenceEqual(b.LeftOut.Select(stratum => stratum.Length));

    private static (double, double) Percentiles(double w) => (Normal.CDF(0, 1, -w), Normal.CDF(0, 1, w));

    private static Fin<Sample> Checked(Resampled number, double level) =>
        level > 0 && level < 1 ? Sample.Of(number) : new OutOfRange("the level of an interval", level, "(0, 1)");
}

/// <summary>An interval of a number from resampled images. Compared by value; immutable.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Level">How often it is to hold the true number.</param>
/// <param name="Method">How it was made: <see cref="OfBca"/> or <see cref="OfPercentiles"/>.</param>
/// <param name="Undefined">How many replicates had no value and were left out.</param>
public sealed record BootstrapInterval(double Lower, double Upper, double Level, string Method, int Undefined)
{
    /// <summary>Bias-corrected and accelerated.</summary>
    public const string OfBca = "bootstrap-bca";

    /// <summary>Between quantiles of the replicates.</summary>
    public const string OfPercentiles = "bootstrap-percentile";

    /// <summary>Why it is not the one that was asked for.</summary>
    public Option<string> Remark { get; init; }
}

/// <summary>How much a number of one model is above that of another, from resampled images. Compared by value; immutable.</summary>
/// <param name="Difference">The difference, with its standard error f sd, its interval and its p.</param>
/// <param name="Undefined">How many replicates had no value and were left out.</param>
public sealed record ResampledDifference(ModelDifference Difference, int Undefined);

/// <summary>A number has no interval from resampled images.</summary>
/// <param name="Number">The number.</param>
/// <param name="Why">Why not.</param>
public sealed record NotResampledEnough(string Number, string Why) : MetricError($"{Number} has no bootstrap interval: {Why}");

/// <summary>Two numbers are not of the same images, or not the same number.</summary>
/// <param name="A">The one.</param>
/// <param name="B">The other.</param>
public sealed record NotPaired(string A, string B)
    : MetricError($"{A} and {B} cannot be compared: the two must be one number of one level, of the same images, with as many replicates");
