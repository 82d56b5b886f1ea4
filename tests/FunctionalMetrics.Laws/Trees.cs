namespace FunctionalMetrics.Laws;

/// <summary>Merging in every shape: as a fold would, as a reduction over machines would, and as nobody would.</summary>
public static class Trees
{
    /// <summary>All states merged in an arbitrary order and tree, the empty state strewn in.</summary>
    public static T Merge<T>(IReadOnlyList<T> states, MonoidOf<T> monoid, Choices choices)
    {
        List<T> left = [.. choices.Shuffle(states)];
        var lean = choices.Below(3);
        while (left.Count > 1)
        {
            var at = lean switch
            {
                0 => 0,
                1 => left.Count - 2,
                _ => choices.Below(left.Count - 1),
            };
            var other = choices.Once(8) ? monoid.Merge(monoid.Empty, left[at + 1]) : left[at + 1];
            left[at] = monoid.Merge(left[at], other);
            left.RemoveAt(at + 1);
        }
        return left.Count == 0 ? monoid.Empty : left[0];
    }
}
