using System.Text.RegularExpressions;

namespace FunctionalMetrics.Tests;

public sealed partial class MigrationTests
{
    private static readonly string Guide = File.ReadAllText(
        Path.Combine(Above(AppContext.BaseDirectory), "src", "FunctionalMetrics", "MIGRATION.md")
    );

    private static readonly string[] Classes =
    [
        .. typeof(AurocMetric).Assembly.GetExportedTypes().Where(type => type.IsClass).Select(type => type.Name),
    ];

    [Fact]
    public void The_migration_guide_names_classes_that_there_are_and_all_of_them()
    {
        var named = Names().Matches(Guide).Select(match => match.Value).ToHashSet();
        Assert.Equal(Classes.Where(name => Names().IsMatch(name)).Order(), named.Order());
    }

    [Theory]
    [InlineData("num_classes")]
    [InlineData("compute_on_step")]
    [InlineData("dist_sync_on_step")]
    [InlineData("process_group")]
    [InlineData("dist_sync_fn")]
    [InlineData("is_differentiable")]
    [InlineData("full_state_update")]
    [InlineData("generate_figure")]
    [InlineData("interp1d")]
    [InlineData("fpr_limit")]
    [InlineData("default_value")]
    [InlineData("ValueError")]
    public void The_migration_guide_speaks_of(string name) => Assert.Contains(name, Guide);

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "FunctionalMetrics.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"\b[A-Z]\w+Metric\b")]
    private static partial Regex Names();
}
