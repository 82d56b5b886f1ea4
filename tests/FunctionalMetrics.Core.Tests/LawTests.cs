using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The laws themselves: they hold for what obeys them, and say which is broken and for what where it does not.</summary>
public class LawTests
{
    [Fact]
    public void Laws_hold_for_what_obeys_them()
    {
        var sum = new MonoidOf<int>(0, (a, b) => a + b, (a, b) => a == b);
        MonoidLaws.CommutativeMonoid(sum).Assert((3, 5, 7));
        StateLaws.Partition<int, int>(sum, x => x).Assert(([15], [1, 2, 4, 8], new Choices(3)));
        StateLaws.Persistence(sum, x => x, (a, b) => a == b).Assert((3, [1, 2]));
        StateLaws.Homomorphism("doubling", (int x) => 2 * x, (int x) => x, x => 2 * x, sum, sum).Assert((3, 5, 7));
        EqualityLaws.Equality<int>().Assert((1, 2));
    }

    [Fact]
    public void A_broken_law_says_which_how_and_for_what()
    {
        var difference = new MonoidOf<int>(0, (a, b) => a - b, (a, b) => a == b);
        var broken = Assert.Throws<BrokenLawException>(() => MonoidLaws.CommutativeMonoid(difference).Assert((3, 5, 7)));
        Assert.Equal(["left identity", "associativity", "commutativity"], broken.Violations.Select(violation => violation.Law));
        Assert.Contains("(3, 5, 7)", broken.Violations[1].Subject);
        Assert.Contains("-9", broken.Violations[1].Difference);
    }

    [Fact]
    public void Every_law_can_be_broken()
    {
        var sum = new MonoidOf<int>(0, (a, b) => a + b, (a, b) => a == b);
        Assert.NotEmpty(StateLaws.Partition<int, int>(sum, x => x).Violations(([15], [1, 2, 4], new Choices(3))));
        var asked = 0;
        Assert.NotEmpty(StateLaws.Persistence(sum, x => x + asked++, (a, b) => a == b).Violations((3, [1, 2])));
        Assert.Equal(
            3,
            StateLaws.Homomorphism("adding one", (int x) => x + 1, (int x) => x, x => x, sum, sum).Violations((3, 5, 7)).Count()
        );
        Assert.NotEmpty(MonoidLaws.Idempotent(sum).Violations(3));
        Assert.NotEmpty(EqualityLaws.Equality<OddHash>().Violations((new(1), new(1))));
    }

    [Fact]
    public void Choices_repeat_themselves_and_cuts_keep_every_item()
    {
        int[] items = [.. Enumerable.Range(0, 50)];
        for (var seed = 0; seed < 100; seed++)
        {
            Assert.Equal(items, new Choices(seed).Cut(items).SelectMany(part => part));
            Assert.Equal(new Choices(seed).Shuffle(items), new Choices(seed).Shuffle(items));
            Assert.Equal(items, new Choices(seed).Shuffle(items).Order());
        }
        Assert.NotEqual(new Choices(1).Shuffle(items), new Choices(2).Shuffle(items));
    }

    private sealed class OddHash(int value)
    {
        private static int asked;

        public override bool Equals(object? obj) => obj is OddHash other && Value == other.Value;

        public override int GetHashCode() => asked++;

        private int Value { get; } = value;
    }
}
