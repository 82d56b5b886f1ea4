using LanguageExt;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Who reads, and how often, is decided without a parser and without a file.</summary>
public sealed class PlanTests
{
    private static readonly EvaluateChoices Plain = new() { Input = new() { Folder = "brick" } };

    [Fact]
    public void A_folder_is_read_once_and_a_raw_stack_twice_where_nothing_needs_each_score()
    {
        Is(new Plan.InMemory(), Plain);
        Is(new Plan.Passes(Option<long>.None), Plain, isRawStack: true);
        Is(new Plan.InMemory(), Plain with { State = "a.fms" }, isRawStack: true);
        Is(new Plan.InMemory(KeepsImages: true), Plain with { Results = new() { Report = "a.html" } }, isRawStack: true);
    }

    [Fact]
    public void A_limit_of_memory_makes_passes_also_for_a_report()
    {
        Is(new Plan.Passes(5), Plain with { MaxMemory = 5 });
        Is(
            new Plan.Passes(5),
            Plain with
            {
                MaxMemory = 5,
                Results = new() { Report = "a.html" },
            }
        );
    }

    [Fact]
    public void Bins_and_clusters_are_asked_for()
    {
        Is(new Plan.InBins(18), Plain with { Approximate = 18, State = "a.fms" }, isRawStack: true);
        Is(new Plan.OnCluster("redis://h:1", null, false), Plain with { Cluster = "redis://h:1" }, isRawStack: true);
        Is(new Plan.OnCluster("redis://h:1", null, true), Plain with { Cluster = "redis://h:1", State = "a.fms" });
        Is(
            new Plan.OnCluster("redis://h:1", null, true, KeepsImages: true),
            Plain with
            {
                Cluster = "redis://h:1",
                State = "a.fms",
                KeepImages = true,
            }
        );
        Is(new Plan.OnCluster("redis://h:1", 12, false), Plain with { Cluster = "redis://h:1", Approximate = 12 });
    }

    [Fact]
    public void What_does_not_go_with_a_limit_is_named()
    {
        Refused("--state: a state holds every score", Plain with { MaxMemory = 5, State = "a.fms" });
        Refused("--cluster: the silos' memory is their own", Plain with { MaxMemory = 5, Cluster = "redis://h:1" });
        Refused("--approximate: it keeps its own limit", Plain with { MaxMemory = 5, Approximate = 18 });
    }

    [Fact]
    public void No_file_is_opened_where_it_does_not_matter() =>
        Plan.For(Plain with { MaxMemory = 5 }, () => throw new InvalidOperationException("opened")).ThrowIfFail();

    private static void Is(Plan expected, EvaluateChoices choices, bool isRawStack = false) =>
        Assert.Equal(expected, Plan.For(choices, () => isRawStack).ThrowIfFail());

    private static void Refused(string reason, EvaluateChoices choices) =>
        Assert.Contains(
            "--max-memory does not go with " + reason,
            Plan.For(choices, () => false).Match(_ => "", error => error.Message),
            StringComparison.Ordinal
        );
}
