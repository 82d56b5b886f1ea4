namespace FunctionalMetrics.Laws;

/// <summary>What Equals and GetHashCode owe each other.</summary>
public static class EqualityLaws
{
    /// <summary>Reflexive, symmetric, unequal to nothing, and equal values have equal hashes.</summary>
    public static Law<(T A, T B)> Equality<T>()
        where T : notnull =>
        Law<(T A, T B)>.Equal("reflexivity", two => two.A.Equals(two.A), _ => true, (a, b) => a == b)
        & Law<(T A, T B)>.Equal("symmetry", two => two.A.Equals(two.B), two => two.B.Equals(two.A), (a, b) => a == b)
        & Law<(T A, T B)>.Equal("unequal to null", two => two.A.Equals(null), _ => false, (a, b) => a == b)
        & Law<(T A, T B)>.Equal("unequal to another type", two => two.A.Equals(new object()), _ => false, (a, b) => a == b)
        & Law<(T A, T B)>.Equal(
            "equal values have equal hashes",
            two => two.A.Equals(two.B),
            two => two.A.GetHashCode() == two.B.GetHashCode(),
            (equal, sameHash) => !equal || sameHash
        );
}
