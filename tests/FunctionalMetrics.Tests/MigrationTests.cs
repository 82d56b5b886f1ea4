using System.Reflection;
using System.Text.RegularExpressions;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

/// <summary>The page holds all of anomalib's names, and names nothing of ours that does not exist. A metric that anomalib lacks needs no line.</summary>
public sealed partial class MigrationTests
{
    private static readonly string Guide = File.ReadAllText(Repository.Path("src", "FunctionalMetrics", "MIGRATION.md"));

    private static readonly IReadOnlySet<string> Ours = ((Assembly[])[typeof(AurocMetric).Assembly, typeof(Auroc).Assembly])
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Append(typeof(ArgumentException))
        .Append(typeof(ArgumentOutOfRangeException))
        .Append(typeof(System.Numerics.Tensors.Tensor))
        .SelectMany(type => type.GetMembers().Select(member => member.Name).Append(type.Name))
        .ToHashSet();

    [Fact]
    public void The_migration_guide_speaks_of_every_name_of_anomalib()
    {
        var theirs = string.Join('\n', Rows().Select(cells => cells[0]));
        Assert.All(AnomalibNames.All, name => Assert.Matches($@"(?<!\w){Regex.Escape(name)}(?!\w)", theirs));
    }

    [Fact]
    public void The_migration_guide_names_only_what_there_is()
    {
        var named = Rows()
            .SelectMany(cells => cells[1..])
            .SelectMany(cell => Code().Matches(cell))
            .SelectMany(code => Names().Matches(Text().Replace(code.Value, "")));
        Assert.All(named, name => Assert.Contains(name.Value, Ours));
    }

    /// <summary>The cells of every row: anomalib's first, then ours.</summary>
    private static IEnumerable<string[]> Rows() =>
        Guide.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split(" | ")).ToArray();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Names();
}
