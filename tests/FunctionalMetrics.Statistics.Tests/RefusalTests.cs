using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>What has no answer says so in one sentence; and tests of few numbers.</summary>
public class RefusalTests
{
    private static string Why<T>(Fin<T> result) => result.Match(_ => "", error => error.Message);

    [Fact]
    public void Pixels_are_refused_and_told_what_is_right()
    {
        var why = Why(DeLong.Interval(RegionState.Empty));
        Assert.Contains("not independent", why, StringComparison.Ordinal);
        Assert.Contains("clustered AUROC", why, StringComparison.Ordinal);
        Assert.Contains("image bootstrap", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_rows_or_images_and_what_does_not_vary_are_said()
    {
        Assert.Equal(
            "AUROC is undefined: there is no anomalous row (rows seen: 2)",
            Why(DeLong.Interval(Valid.Ranks([1, 2], [false, false])))
        );
        Assert.Equal(
            "the variance of AUROC is undefined: it needs 2 rows of each class at least (anomalous rows seen: 1, normal: 2)",
            Why(DeLong.Interval(Valid.Ranks([1, 2, 3], [false, false, true])))
        );
        Assert.Equal(
            "the variance of AUROC is undefined: it needs 2 images of each class at least (anomalous images seen: 1, normal: 2)",
            Why(
                ClusteredAuroc.Interval(
                    Valid.Images(
                        [
                            [1, 2],
                            [3, 4],
                        ],
                        [
                            [false, false],
                            [false, true],
                        ]
                    )
                )
            )
        );
        Assert.Equal(
            "there is no interval of an AUROC of 1: the two classes are wholly apart in these data",
            Why(DeLong.Interval(Valid.Ranks([1, 2, 3, 4], [false, false, true, true])))
        );
        Assert.Equal(
            "there is no interval of an AUROC of 0.5: nothing varies in these data, as where all scores are tied, so that its error cannot be estimated",
            Why(DeLong.Interval(Valid.Ranks([1, 1, 1, 1], [false, false, true, true])))
        );
        Assert.Equal("", Why(new ModelDifference(0, 0, 3).P));
        Assert.Equal(
            "there is no test of a difference of 1: nothing varies in these data, as where both models part the classes wholly, so that its error cannot be estimated",
            Why(new ModelDifference(1, 0, 3).P)
        );
        Assert.Equal(
            "there is no interval of a difference of 0: nothing varies in these data, as where both models part the classes wholly, so that its error cannot be estimated",
            Why(new ModelDifference(0, 0, 3).Interval())
        );
        Assert.StartsWith("there is no test of equivalence of a difference of 0: ", Why(new ModelDifference(0, 0, 3).Equivalence(0.1)));
        Assert.InRange(Valid.Of(new ModelDifference(5, 1, double.PositiveInfinity).Interval()).Upper, 6.9, 7);
        Assert.Equal(1, Valid.Of((new ModelDifference(0.9, 1, 3) { Largest = 1 }).Interval()).Upper);
        Assert.Equal("the margin of equivalence is 0; it must lie in (0, infinity)", Why(new ModelDifference(0, 1, 3).Equivalence(0)));
        Assert.Equal(
            "the level of an interval is 1; it must lie in (0, 1)",
            Why(DeLong.Interval(Valid.Ranks([1, 2, 2, 3], [false, true, false, true]), 1))
        );
    }

    [Fact]
    public void Rows_are_checked_with_their_places() =>
        Assert.Equal(
            "scores[1][2] is NaN; scores must be finite; there are 2 scores and 3 labels; every score needs one label",
            PairedRows
                .Create([false, true, true], [1, 2, 3], [1, 2, double.NaN], [1, 2])
                .Match(_ => "", faults => string.Join("; ", faults))
        );

    [Fact]
    public void Images_are_matched_by_name_and_the_one_that_does_not_match_is_named()
    {
        var (x, y) = (Valid.Image([1, 2], [false, true], "x"), Valid.Image([1, 2], [false, false], "y"));
        Assert.Equal(["x", "y"], Valid.Pair(ImageState.Merge(x, y), ImageState.Merge(y, x)).Names);
        Assert.Equal("'y' is an image of a and not of b; the same images are needed of both", Why(Paired(ImageState.Merge(x, y), x)));
        Assert.Equal("'y' is an image of b and not of a; the same images are needed of both", Why(Paired(x, ImageState.Merge(x, y))));
        Assert.Equal(
            "'x' is the name of several images of b; images are matched by their names, so each needs its own",
            Why(Paired(x, ImageState.Merge(x, x)))
        );
        Assert.Equal(
            "an image without a name stands among those of a; images are matched by their names",
            Why(Paired(ImageState.Merge(x, Valid.Image([1], [true], null)), x))
        );
        Assert.Equal(
            "'y' is normal for a and anomalous for b; the same labels are needed of both",
            Why(Paired(y, Valid.Image([1, 2], [false, false], "y", true)))
        );
        Assert.Equal(
            "'x' has 1 anomalous and 1 normal pixels for a and 2 anomalous and 0 normal pixels for b; the same masks are needed of both",
            Why(Paired(x, Valid.Image([1, 2], [true, true], "x")))
        );
        Assert.Equal(
            "'x' has its regions elsewhere for a than for b; the same masks are needed of both",
            Why(Paired(x, Valid.Image([1, 2], [true, false], "x")))
        );

        static Fin<PairedImages> Paired(ImageState a, ImageState b) => PairedImages.Create(("a", a), ("b", b));
    }

    [Fact]
    public void Holm_corrects_in_the_order_of_the_p() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 12)));

    [Fact]
    public void Large_counts_go_over_to_the_beta_function_without_a_step()
    {
        foreach (var (few, all) in ((long, long)[])[(4900, 10_000), (4990, 10_000), (4600, 10_000)])
            Assert.Equal(1, McNemar.Approximate(few, all) / McNemar.Exact(few, all), 1e-10);
    }

    [Fact]
    public void Values_that_do_not_pair_have_no_test()
    {
        Assert.True(Wilcoxon.Test([1, 2], [1]).IsFail);
        Assert.True(Wilcoxon.Test([1, double.NaN], [1, 2]).IsFail);
    }

    /// <summary>By the closed forms for whole degrees of freedom (Abramowitz and Stegun 26.7), as tests/golden/uncertainty.py has them.</summary>
    [Theory]
    [InlineData(0.95, 1, 12.706204736432095)]
    [InlineData(0.9999, 1, 6366.1976710016652)]
    [InlineData(0.95, 4, 2.776445105197791)]
    [InlineData(0.9, 59, 1.6710930321038973)]
    [InlineData(0.95, double.PositiveInfinity, 1.959963984540054)]
    public void Quantiles_of_Student_are_those_of_the_closed_forms(double level, double freedom, double quantile) =>
        Assert.Equal(1, Student.Quantile(level, freedom) / quantile, 1e-9);
}
