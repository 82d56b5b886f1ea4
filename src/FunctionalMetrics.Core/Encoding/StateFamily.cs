namespace FunctionalMetrics.Core;

/// <summary>
/// What encoded bytes hold, declared with the state. A number is given once and never to anything else, also when its family is no longer written:
/// 1 rank, 2 region, 3 extrema, 4 log moments, 5 bounded rank, 6 bounded region, 7 image, 12 saturated region, 64 evaluation. Compared by value;
/// immutable.
/// </summary>
/// <param name="Id">The number in the bytes.</param>
/// <param name="Name">The name in errors.</param>
public readonly record struct StateFamily(ushort Id, string Name)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The family of a number; one that no state has is named by it.</summary>
    internal static StateFamily Of(ushort id) =>
        States.Families.FirstOrDefault(family => family.Id == id, new(id, FormattableString.Invariant($"{id}")));
}
