namespace FunctionalMetrics.Core.Tests;

/// <summary>Laws 1 to 3 of METRICS.md, over every metric that Core declares and over the states they keep, bit for bit.</summary>
public class MetricLawTests
{
    public static TheoryData<string> Metrics => MetricCatalog.Names;

    public static TheoryData<string> Declarations =>
        [.. MetricCatalog.Declarations.Select(member => $"{member.DeclaringType!.Name}.{member.Name}").Distinct()];

    [Theory, MemberData(nameof(Declarations))]
    public void Every_declared_metric_is_in_the_law_lists(string declaration)
    {
        foreach (var member in MetricCatalog.Declarations.Where(member => $"{member.DeclaringType!.Name}.{member.Name}" == declaration))
            Assert.NotEmpty(MetricCatalog.CasesOf(member));
    }

    [Fact]
    public void The_list_of_metrics_holds_those_of_the_table_and_every_file_of_the_folder()
    {
        Assert.Superset(
            new HashSet<string>([
                "Auroc.Metric",
                "Aupr.Metric",
                "AveragePrecision.Metric",
                "Aupro.Metric",
                "Aupro.UpTo",
                "OptimalF1.Metric",
                "AdaptiveThreshold.Metric",
                "AdaptiveThreshold.WithDefault",
                "AnomalyScoreDistribution.Metric",
                "AnomalyScoreDistribution.OfMaps",
                "MinMax.Metric",
            ]),
            MetricCatalog.Declarations.Select(member => $"{member.DeclaringType!.Name}.{member.Name}").ToHashSet()
        );
        var files = Directory
            .GetFiles(Repository.Path("src", "FunctionalMetrics.Core", "Metrics"), "*.cs")
            .Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(files.Order(), MetricCatalog.Declarations.Select(member => member.DeclaringType!.Name).Distinct().Order());
    }

    [Trait("Category", "Slow")]
    [Theory, MemberData(nameof(Metrics))]
    public void States_are_a_commutative_monoid_under_merge(string metric) =>
        ForAll.ThreeSamples((a, b, c) => MetricCatalog.Named(metric).Monoid.Assert((a, b, c)));

    [Theory, MemberData(nameof(Metrics)), Trait("Category", "Slow")]
    public void Any_cut_order_width_and_merge_tree_gives_the_same_state_and_the_same_bits(string metric) =>
        ForAll.Samples((sample, seed) => MetricCatalog.Named(metric).Partition.Assert((sample, seed)));

    [Theory, MemberData(nameof(Metrics)), Trait("Category", "Slow")]
    public void An_old_state_answers_as_before_after_many_states_were_built_on_it(string metric) =>
        ForAll.ThreeSamples((old, later, _) => MetricCatalog.Named(metric).Persistence.Assert((old, later, 7)));

    [Trait("Category", "Slow")]
    [Theory, MemberData(nameof(Metrics))]
    public void Results_of_equal_states_are_equal_and_have_equal_hashes(string metric) =>
        ForAll.Samples(
            (sample, _) =>
            {
                var (first, second) = (MetricCatalog.Named(metric).Result(sample), MetricCatalog.Named(metric).Result(sample));
                Assert.Equal(first, second);
                Assert.Equal(first.GetHashCode(), second.GetHashCode());
            },
            30
        );
}
