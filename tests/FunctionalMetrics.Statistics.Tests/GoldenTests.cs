using System.Text.Json;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>tests/golden/uncertainty.json: exact fractions over all pairs, with pROC 1.18.0 and scipy 1.10.1 as witnesses. Null is undefined.</summary>
public class GoldenTests
{
    /// <summary>MathNet's incomplete beta function, which Student's t is made of, is right to about 1e-10.</summary>
    private const double Close = 1e-9;

    private static readonly JsonElement[] Cases = ReadCases();

    public static TheoryData<string> Of(string kind) =>
        [.. Cases.Where(golden => Text(golden, "kind") == kind).Select(golden => Text(golden, "name"))];

    [Theory, MemberData(nameof(Of), "rows")]
    public void Areas_of_rows_vary_as_over_all_pairs_and_as_pROC_says(string name)
    {
        var golden = Case("rows", name);
        var (labels, a, b) = (Labels(golden.GetProperty("labels")), Numbers(golden, "a"), Numbers(golden, "b"));
        var areas = RocAreas.OfRows(Valid.Rows(labels, a, b));
        if (!golden.TryGetProperty("areas", out _))
        {
            Assert.IsType<TooFewToVary>(areas.Match(_ => (object)0, error => error));
            return;
        }
        Agree(golden, Valid.Of(areas));
        Ends(golden, "interval_b_0.95", DeLong.Interval(Valid.Ranks(b, labels)));
        Assert.Equal(Numbers(golden, "variances")[0], Valid.Of(RocAreas.OfRows(Valid.Ranks(a, labels))).Variance());
        if (!golden.TryGetProperty("unpaired", out var unpaired))
            return;
        var apart = Valid.Of(DeLong.Unpaired(Valid.Ranks(a, labels), Valid.Ranks(b, labels)));
        Assert.Equal(unpaired[0].GetDouble(), Valid.Of(apart.Statistic), 1e-10);
        Assert.Equal(unpaired[1].GetDouble(), Valid.Of(apart.P), 1e-10);
    }

    [Theory, MemberData(nameof(Of), "images")]
    public void Areas_of_pixels_vary_as_Obuchowski_has_it(string name)
    {
        var golden = Case("images", name);
        bool[][] masks = [.. golden.GetProperty("labels").EnumerateArray().Select(Labels)];
        ImageState Model(string key) => Valid.Images([.. golden.GetProperty(key).EnumerateArray().Select(Numbers)], masks);
        var areas = RocAreas.OfPixels(Valid.Pair(Model("a"), Model("b")));
        if (!golden.TryGetProperty("areas", out _))
        {
            Assert.IsType<TooFewToVary>(areas.Match(_ => (object)0, error => error));
            return;
        }
        Agree(golden, Valid.Of(areas));
        Ends(golden, "interval_b_0.95", ClusteredAuroc.Interval(Model("b")));
        Assert.Equal(Numbers(golden, "variances")[0], Valid.Of(RocAreas.OfPixels(Model("a"))).Variance());
    }

    [Theory, MemberData(nameof(Of), "values")]
    public void Signed_ranks_are_those_of_exact_differences(string name)
    {
        var golden = Case("values", name);
        var found = Valid.Of(Wilcoxon.Test(Numbers(golden, "a"), Numbers(golden, "b")));
        Assert.Equal(golden.GetProperty("p").GetDouble(), found.P, 1e-14);
        Assert.Equal(golden.GetProperty("n").GetInt64(), found.Differences);
        Assert.Equal(golden.GetProperty("zeros").GetInt64(), found.Zeros);
        Assert.Equal(golden.GetProperty("plus").GetDouble(), found.Plus);
    }

    [Theory, MemberData(nameof(Of), "mcnemar")]
    public void McNemar_is_exact(string name)
    {
        var golden = Case("mcnemar", name);
        var (b, c, p) = (golden.GetProperty("b").GetInt64(), golden.GetProperty("c").GetInt64(), golden.GetProperty("p").GetDouble());
        if (b + c <= 10_000)
            Assert.Equal(p, McNemar.P(b, c));
        Assert.Equal(1, (McNemar.P(b, c) + 1e-300) / (p + 1e-300), 1e-10);
        Assert.Equal(McNemar.P(b, c), McNemar.P(c, b));
    }

    private static void Agree(JsonElement golden, RocAreas areas)
    {
        var (values, variances) = (Numbers(golden, "areas"), Numbers(golden, "variances"));
        for (var model = 0; model < 2; model++)
        {
            Assert.Equal(values[model], areas.Area(model));
            Assert.Equal(variances[model], areas.Variance(model));
            Ends(golden, $"interval_{"ab"[model]}_0.9", areas.Interval(model, 0.9));
            Ends(golden, $"interval_{"ab"[model]}_0.95", areas.Interval(model));
        }
        Assert.Equal(golden.GetProperty("covariance").GetDouble(), areas.Covariance(0, 1));
        var difference = areas.DifferenceOf();
        Assert.Equal(golden.GetProperty("difference").GetDouble(), difference.Value);
        Assert.Equal(golden.GetProperty("variance_of_difference").GetDouble(), areas.VarianceOfDifference());
        Number(golden, "statistic", difference.Statistic);
        Number(golden, "p", difference.P);
        Ends(golden, "interval_0.9", difference.Interval(0.9));
        Ends(golden, "interval_0.95", difference.Interval());
        foreach (var margin in (double[])[0.05, 0.3])
            Number(golden, FormattableString.Invariant($"tost_{margin}"), difference.Equivalence(margin).Map(test => test.P));
    }

    private static void Number(JsonElement golden, string key, Fin<double> found)
    {
        if (golden.GetProperty(key) is { ValueKind: JsonValueKind.Number } number)
            Assert.Equal(number.GetDouble(), Valid.Of(found), Close);
        else
            Assert.IsType<NoSpread>(found.Match(_ => (object)0, error => error));
    }

    private static void Ends(JsonElement golden, string key, Fin<Interval> found)
    {
        if (golden.GetProperty(key) is { ValueKind: JsonValueKind.Array } ends)
        {
            Assert.Equal(ends[0].GetDouble(), Valid.Of(found).Lower, Close);
            Assert.Equal(ends[1].GetDouble(), Valid.Of(found).Upper, Close);
        }
        else
            Assert.IsType<NoSpread>(found.Match(_ => (object)0, error => error));
    }

    private static JsonElement[] ReadCases()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "uncertainty.json")));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(golden => golden.Clone())];
    }

    private static JsonElement Case(string kind, string name) =>
        Cases.Single(golden => Text(golden, "kind") == kind && Text(golden, "name") == name);

    private static string Text(JsonElement golden, string key) => golden.GetProperty(key).GetString()!;

    private static double[] Numbers(JsonElement golden, string key) => Numbers(golden.GetProperty(key));

    private static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetDouble())];

    private static bool[] Labels(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetInt32() == 1)];
}
