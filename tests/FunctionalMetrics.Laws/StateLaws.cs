namespace FunctionalMetrics.Laws;

/// <summary>How states grow from batches.</summary>
public static class StateLaws
{
    /// <summary>
    /// Of(a ++ b) = Merge(Of(a), Of(b)): the state of all batches, cut, ordered and merged in whatever way the subject says, is the state of
    /// the whole, which is given in as few batches as hold it.
    /// </summary>
    public static Law<(IReadOnlyList<TBatch> Whole, IReadOnlyList<TBatch> Parts, Choices Tree)> Partition<TBatch, TState>(
        MonoidOf<TState> monoid,
        Func<TBatch, TState> of
    ) =>
        Law<(IReadOnlyList<TBatch> Whole, IReadOnlyList<TBatch> Parts, Choices Tree)>.Equal(
            "partition",
            data => Trees.Merge([.. data.Parts.Select(of)], monoid, data.Tree),
            data => data.Whole.Select(of).Aggregate(monoid.Merge),
            monoid.Same
        );

    /// <summary>A state still gives its old answer after others were built on it, in every way there is.</summary>
    public static Law<(TState Old, IReadOnlyList<TState> Later)> Persistence<TState, TAnswer>(
        MonoidOf<TState> monoid,
        Func<TState, TAnswer> answer,
        Func<TAnswer, TAnswer, bool> same
    ) =>
        new(
            "persistence",
            data =>
            {
                var before = answer(data.Old);
                var grown = data.Old;
                foreach (var later in data.Later)
                {
                    grown = monoid.Merge(grown, later);
                    answer(monoid.Merge(later, data.Old));
                }
                answer(grown);
                return Law<TState>.Equal("persistence", answer, _ => before, same).Violations(data.Old);
            }
        );

    /// <summary>A projection that forgets commutes with Of, Merge and Empty.</summary>
    public static Law<(TBatch Batch, TFrom A, TFrom B)> Homomorphism<TBatch, TFrom, TTo>(
        string name,
        Func<TFrom, TTo> project,
        Func<TBatch, TFrom> of,
        Func<TBatch, TTo> projected,
        MonoidOf<TFrom> from,
        MonoidOf<TTo> to
    ) =>
        Law<(TBatch Batch, TFrom A, TFrom B)>.Equal($"{name} commutes with Empty", _ => project(from.Empty), _ => to.Empty, to.Same)
        & Law<(TBatch Batch, TFrom A, TFrom B)>.Equal(
            $"{name} commutes with Of",
            data => project(of(data.Batch)),
            data => projected(data.Batch),
            to.Same
        )
        & Law<(TBatch Batch, TFrom A, TFrom B)>.Equal(
            $"{name} commutes with Merge",
            data => project(from.Merge(data.A, data.B)),
            data => to.Merge(project(data.A), project(data.B)),
            to.Same
        );
}
