namespace FunctionalMetrics.Laws;

/// <summary>A monoid under test: its operations and the equality that the laws are judged by.</summary>
public sealed record MonoidOf<T>(T Empty, Func<T, T, T> Merge, Func<T, T, bool> Same);

/// <summary>The laws of a commutative monoid.</summary>
public static class MonoidLaws
{
    /// <summary>Identity, associativity and commutativity.</summary>
    public static Law<(T A, T B, T C)> CommutativeMonoid<T>(MonoidOf<T> monoid) =>
        Identity(monoid).Of<(T A, T B, T C)>(three => three.A)
        & Associative(monoid)
        & Commutative(monoid).Of<(T A, T B, T C)>(three => (three.A, three.B));

    /// <summary>Merging with the empty state, on either side, changes nothing.</summary>
    public static Law<T> Identity<T>(MonoidOf<T> monoid) =>
        Law<T>.Equal("left identity", a => monoid.Merge(monoid.Empty, a), a => a, monoid.Same)
        & Law<T>.Equal("right identity", a => monoid.Merge(a, monoid.Empty), a => a, monoid.Same);

    /// <summary>(a b) c = a (b c).</summary>
    public static Law<(T A, T B, T C)> Associative<T>(MonoidOf<T> monoid) =>
        Law<(T A, T B, T C)>.Equal(
            "associativity",
            three => monoid.Merge(monoid.Merge(three.A, three.B), three.C),
            three => monoid.Merge(three.A, monoid.Merge(three.B, three.C)),
            monoid.Same
        );

    /// <summary>a b = b a.</summary>
    public static Law<(T A, T B)> Commutative<T>(MonoidOf<T> monoid) =>
        Law<(T A, T B)>.Equal("commutativity", two => monoid.Merge(two.A, two.B), two => monoid.Merge(two.B, two.A), monoid.Same);

    /// <summary>a a = a; extrema keep it, counts do not.</summary>
    public static Law<T> Idempotent<T>(MonoidOf<T> monoid) => Law<T>.Equal("idempotence", a => monoid.Merge(a, a), a => a, monoid.Same);
}
