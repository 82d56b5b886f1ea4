using System.Reflection;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Every kind of state that Core declares is found, and obeys the laws, whether a metric names it or not.</summary>
public class StateKindTests
{
    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, States.All.Length)];

    [Fact]
    public void Every_type_with_a_Merge_is_a_kind_of_state()
    {
        var mergeable = typeof(RankState)
            .Assembly.GetExportedTypes()
            // Notes travel inside of evaluations, and have no batches of their own.
            .Where(type => type != typeof(NoteCounts) && type.GetMethod("Merge", BindingFlags.Public | BindingFlags.Static) is not null);
        Assert.Equal(
            mergeable.Select(type => type.Name).Order(),
            States.All.Select(kind => kind.GetType().GetGenericArguments()[1].Name).Distinct().Order()
        );
    }

    [Fact]
    public void Families_have_numbers_of_their_own_that_never_change() =>
        Assert.Equal(
            [
                (1, "Rank"),
                (2, "Region"),
                (3, "Extrema"),
                (4, "LogMoment"),
                (5, "BoundedRank"),
                (6, "BoundedRegion"),
                (7, "Image"),
                (12, "SaturatedRegion"),
                (64, "Evaluation"),
            ],
            States.All.Select(kind => kind.Family!.Value).Distinct().Select(family => ((int)family.Id, family.Name)).Order()
        );

    [Theory, MemberData(nameof(Kinds))]
    public void A_kind_of_state_is_a_commutative_monoid_and_any_cut_gives_the_same_state(int kind) => Laws((dynamic)States.All[kind]);

    private static void Laws<TBatch, TState>(State<TBatch, TState> kind)
        where TState : notnull
    {
        var states = new MonoidOf<TState>(kind.Empty, kind.Merge, (a, b) => a.Equals(b) && a.GetHashCode() == b.GetHashCode());
        var (monoid, partition) = (MonoidLaws.CommutativeMonoid(states), StateLaws.Partition(states, kind.Of));
        ForAll.ThreeSamples(
            (a, b, c) =>
            {
                monoid.Assert((Of(a), Of(b), Of(c)));
                partition.Assert((Batching.Whole<TBatch>(a), Batching.Cut<TBatch>(a, new Choices(7)), new Choices(8)));
            }
        );

        TState Of(Sample sample) => Batching.Whole<TBatch>(sample).Aggregate(kind.Empty, kind.Update);
    }
}
