using System.Reflection;
using FunctionalMetrics.Core;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Tests;

public class ReadingTests
{
    private static readonly CoreModel Model = Places.Read(Places.Core).Model;

    [Fact]
    public void Core_reads_without_a_problem() => Assert.Empty(Places.Read(Places.Core).Problems);

    [Fact]
    public void Every_class_of_Core_with_a_metric_is_in_the_model()
    {
        var declared = typeof(Auroc)
            .Assembly.GetExportedTypes()
            .Where(type => type.GetProperty("Metric", BindingFlags.Public | BindingFlags.Static) is { PropertyType.Name: "Metric`3" })
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal);

        Assert.Equal(declared, Model.Metrics.Select(metric => metric.Name));
    }

    [Fact]
    public void Parameters_come_with_their_defaults_and_documentation()
    {
        var parameter = Assert.Single(Model.Metrics.Single(metric => metric.Name == nameof(Aupro)).Parameters);

        Assert.Equal(("fprLimit", "double", (object)Aupro.DefaultLimit), (parameter.Name, parameter.Type.ToString(), parameter.Default!));
        Assert.StartsWith("The limit", parameter.Doc.Xml);
    }

    [Theory]
    [InlineData(nameof(Auroc), "Pixels: MapBatch", "Rows: ScoreBatch")]
    [InlineData(nameof(Aupro), "Pixels: MapBatch")]
    [InlineData(nameof(MinMax), "Pixels: MapBatch", "Rows: ScoreBatch")]
    public void Levels_are_those_that_take_the_metric_and_the_one_where_it_is_at_home(string name, params string[] levels)
    {
        var metric = Model.Metrics.Single(metric => metric.Name == name);

        Assert.Equal(levels, metric.Levels.Select(level => $"{level.Name}: {level.Batch}"));
    }

    [Fact]
    public void A_variant_is_a_metric_of_its_own_with_the_same_state()
    {
        var metric = Model.Metrics.Single(metric => metric.Name == nameof(AnomalyScoreDistribution));
        var variant = Assert.Single(metric.Variants);

        Assert.Equal(
            ("OfMaps", "Maps", metric.State, metric.Result),
            (variant.Name, variant.Batch.ToString(), variant.State, variant.Result)
        );
    }

    [Fact]
    public void A_variant_with_parameters_may_keep_another_state_and_give_another_result()
    {
        var variant = Assert.Single(Model.Metrics.Single(metric => metric.Name == nameof(Aupro)).Variants);

        Assert.Equal(
            ("Bounded", "Bounded(18, 0.3)", "BoundedRegionState", "ProBounds"),
            (variant.Name, variant.Property, variant.State.ToString(), variant.Result.ToString())
        );
        Assert.Equal(["bits", "fprLimit"], variant.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Result_types_stand_after_those_they_mention()
    {
        var names = Model.Results.Select(result => result.Type.Name).ToList();

        Assert.True(names.IndexOf(nameof(ConfusionMatrix)) < names.IndexOf(nameof(OptimalF1Result)));
        Assert.True(names.IndexOf(nameof(OperatingPoint)) < names.IndexOf(nameof(RocCurve)));
    }

    [Theory]
    [InlineData(nameof(RocCurve), true)]
    [InlineData(nameof(OptimalF1Result), true)]
    [InlineData(nameof(CurvePoints), false)]
    [InlineData(nameof(MinMaxResult), false)]
    public void A_result_speaks_LanguageExt_when_one_of_its_parts_does(string name, bool speaks) =>
        Assert.Equal(speaks, Model.Results.Single(result => result.Type.Name == name).SpeaksLanguageExt);

    [Fact]
    public void Every_public_member_of_a_result_is_documented() =>
        Assert.Empty(
            from result in Model.Results
            from member in result.Members
            where member.Doc.IsEmpty
            select $"{result.Type.Name}.{member.Name}"
        );
}
