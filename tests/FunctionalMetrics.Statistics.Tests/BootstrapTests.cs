using System.Collections.Immutable;
using System.Text.Json;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>Intervals from given replicates are those of tests/golden/bootstrap.py: its plain formulas, and scipy's with the normal quantile.</summary>
public class BootstrapTests
{
    private static readonly JsonElement Golden = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "bootstrap.json")))
        .RootElement;

    [Fact]
    public void Intervals_and_tests_are_those_of_the_plain_formulas()
    {
        foreach (var golden in Golden.GetProperty("cases").EnumerateArray())
        {
            var number = Of(golden);
            var difference = Valid.Of(Bootstrap.Difference(number, Nothing(number))).Difference;
            Assert.Equal(golden.GetProperty("df").GetDouble(), difference.DegreesOfFreedom, 1e-9);
            foreach (var row in golden.GetProperty("levels").EnumerateArray())
            {
                var level = row.GetProperty("level").GetDouble();
                var (bca, percentile) = (Valid.Of(number.Bca(level)), Valid.Of(number.Percentile(level)));
                AssertEnds(row.GetProperty("bca"), bca.Lower, bca.Upper);
                AssertEnds(row.GetProperty("percentile"), percentile.Lower, percentile.Upper);
                Assert.Equal((BootstrapInterval.OfBca, BootstrapInterval.OfPercentiles), (bca.Method, percentile.Method));
                var ends = Valid.Of(difference.Interval(level));
                // A difference of rates lies in [-1, 1]; these numbers need not.
                if (Math.Abs(golden.GetProperty("value").GetDouble()) < 1 && ends is { Lower: > -1, Upper: < 1 })
                    AssertEnds(row.GetProperty("difference"), ends.Lower, ends.Upper);
                var half = Student.Quantile(level, difference.DegreesOfFreedom) * difference.StandardError;
                AssertEnds(row.GetProperty("difference"), difference.Value - half, difference.Value + half);
                Assert.Equal(row.GetProperty("p").GetDouble(), Valid.Of(difference.P), 1e-9);
                var z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + level) / 2);
                var plain = Valid.Of(Bootstrap.BcaAt(number, z));
                AssertEnds(row.GetProperty("plain"), plain.Lower, plain.Upper);
            }
        }
    }

    /// <summary>scipy's own replicates, so that no tolerance of a simulation is needed.</summary>
    [Fact]
    public void With_the_normal_quantile_they_are_those_of_scipy()
    {
        foreach (var golden in Golden.GetProperty("scipy").EnumerateArray())
        {
            var z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + golden.GetProperty("level").GetDouble()) / 2);
            var found = Valid.Of(Bootstrap.BcaAt(Of(golden), z));
            AssertEnds(golden.GetProperty("interval"), found.Lower, found.Upper);
        }
    }

    [Fact]
    public void What_has_no_interval_says_why()
    {
        Fin<double>[] some = [1, 2, 3, 4, 5];
        AssertRefused("a class of one", Number(some, [some, [3]]));
        AssertRefused("1 in 100", Number([.. some, .. Undefined(1)], [some, some]));
        Assert.Equal(
            1,
            Valid.Of(Number([.. Enumerable.Range(0, 99).Select(i => (Fin<double>)i), .. Undefined(1)], [some]).Bca()).Undefined
        );
        AssertRefused("with one of them left out", Number(some, [some, [.. some, .. Undefined(1)]]));
        AssertRefused("equal", Number([3, 3, 3], [some, some]));
        Assert.Equal(
            "AUROC is undefined: there is no normal row (rows seen: 0)",
            Reason((Number(some, [some]) with { Value = Undefined(1)[0] }).Bca())
        );
        AssertRefused("(0, 1)", Number(some, [some]), 1);
        // A class that is not there is none.
        Assert.True(Number(some, [some, []]).Bca().IsSucc);
    }

    [Fact]
    public void Where_bca_has_no_end_the_percentile_interval_stands_for_it_and_says_so()
    {
        Fin<double>[] some = [1, 2, 3, 4, 5];
        var outside = Number(some, [some]) with { Value = 9 };
        var found = Valid.Of(outside.Bca());
        Assert.Equal(BootstrapInterval.OfPercentiles, found.Method);
        Assert.Contains("outside all of its replicates", found.Remark.IfNone(""), StringComparison.Ordinal);
        Assert.Equal(Valid.Of(outside.Percentile()), found with { Remark = default });
    }

    [Fact]
    public void A_difference_is_of_the_same_images_and_equal_models_do_not_differ()
    {
        Fin<double>[] some = [1, 2, 3, 4, 5];
        var one = Number(some, [some, some]);
        Assert.Equal(
            (0.0, 0.0),
            Valid.Of(Bootstrap.Difference(one, one)) is var none ? (none.Difference.Value, none.Difference.StandardError) : default
        );
        Assert.True(Bootstrap.Difference(one, Number(some, [some])).IsFail);
        Assert.True(Bootstrap.Difference(one, one with { Key = "aupr" }).IsFail);
        Assert.True(Bootstrap.Difference(one, one with { Level = Levels.Image }).IsFail);
        Assert.True(Bootstrap.Difference(one, Number([1], [some, some])).IsFail);
    }

    private static Resampled Number(Fin<double>[] replicates, Fin<double>[][] leftOut) =>
        new(Levels.Pixel, "auroc", 3, [.. replicates], [.. leftOut.Select(stratum => stratum.ToImmutableArray())]);

    private static Fin<double>[] Undefined(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (Fin<double>)new Undefined("AUROC", Missing.NormalRow, 0))];

    private static Resampled Nothing(Resampled of) =>
        of with
        {
            Value = 0,
            Replicates = [.. of.Replicates.Select(_ => (Fin<double>)0.0)],
            LeftOut = [.. of.LeftOut.Select(stratum => stratum.Select(_ => (Fin<double>)0.0).ToImmutableArray())],
        };

    private static Resampled Of(JsonElement golden) =>
        Number(Numbers(golden.GetProperty("replicates")), [.. golden.GetProperty("left").EnumerateArray().Select(Numbers)]) with
        {
            Value = golden.GetProperty("value").GetDouble(),
        };

    private static Fin<double>[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => (Fin<double>)value.GetDouble())];

    private static void AssertEnds(JsonElement expected, double lower, double upper)
    {
        Assert.Equal(expected[0].GetDouble(), lower, 1e-9);
        Assert.Equal(expected[1].GetDouble(), upper, 1e-9);
    }

    private static void AssertRefused(string why, Resampled number, double level = 0.95)
    {
        Assert.Contains(why, Reason(number.Bca(level)), StringComparison.Ordinal);
        Assert.Contains(why, Reason(number.Percentile(level)), StringComparison.Ordinal);
    }

    private static string Reason<T>(Fin<T> found) => found.Match(_ => "", error => error.Message);
}
