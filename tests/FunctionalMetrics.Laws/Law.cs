namespace FunctionalMetrics.Laws;

/// <summary>
/// A law as a value: for each case it says what is broken, or nothing. Laws compose:
/// <code>
/// var monoid = MonoidLaws.Identity(m) &amp; MonoidLaws.Associative(m) &amp; MonoidLaws.Commutative(m);
/// monoid.Assert((a, b, c));        // throws, saying which law is broken, how, and for what
/// </code>
/// It knows no test framework. Immutable and safe to share between threads.
/// </summary>
/// <typeparam name="T">What the law speaks about: a state, a triple of states, a data set.</typeparam>
public sealed record Law<T>(string Name, Func<T, IEnumerable<Violation>> Violations)
{
    /// <summary>A law that two things are the same.</summary>
    public static Law<T> Equal<TValue>(string name, Func<T, TValue> left, Func<T, TValue> right, Func<TValue, TValue, bool> same) =>
        new(
            name,
            subject =>
            {
                var (a, b) = (left(subject), right(subject));
                return same(a, b) ? [] : [new Violation(name, $"{a}{Environment.NewLine}  is not{Environment.NewLine}{b}", $"{subject}")];
            }
        );

    /// <summary>Both laws.</summary>
    public static Law<T> operator &(Law<T> first, Law<T> second) =>
        new($"{first.Name} & {second.Name}", subject => first.Violations(subject).Concat(second.Violations(subject)));

    /// <summary>The same law of something that its subject can be made from.</summary>
    public Law<TOther> Of<TOther>(Func<TOther, T> view) =>
        new(Name, subject => Violations(view(subject)).Select(violation => violation with { Subject = $"{subject}" }));

    /// <summary>Throws <see cref="BrokenLawException"/> when the law does not hold.</summary>
    public void Assert(T subject)
    {
        Violation[] broken = [.. Violations(subject)];
        if (broken.Length > 0)
            throw new BrokenLawException(broken);
    }
}

/// <summary>A law that does not hold: which, how, and for what.</summary>
public sealed record Violation(string Law, string Difference, string Subject)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Law} is broken: {Difference}{Environment.NewLine}  for {Subject}";
}

/// <summary>Laws that were asserted and do not hold.</summary>
public sealed class BrokenLawException(IReadOnlyList<Violation> violations) : Exception(string.Join(Environment.NewLine, violations))
{
    /// <summary>Every law that does not hold.</summary>
    public IReadOnlyList<Violation> Violations { get; } = violations;
}
