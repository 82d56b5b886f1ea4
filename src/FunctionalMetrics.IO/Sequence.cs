using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO;

/// <summary>Lazy reading in order: the token is looked at before each step, and the first failure ends the sequence.</summary>
internal static class Sequence
{
    /// <summary>The items one after the other, the next while one is used (<see cref="ReadAhead"/>).</summary>
    public static IEnumerable<Fin<B>> Each<A, B>(IEnumerable<A> items, Func<A, Fin<B>> read, CancellationToken cancel) =>
        ReadAhead.Of(InTurn(items, read, cancel), cancel);

    private static IEnumerable<Fin<B>> InTurn<A, B>(IEnumerable<A> items, Func<A, Fin<B>> read, CancellationToken cancel)
    {
        foreach (var item in items)
        {
            cancel.ThrowIfCancellationRequested();
            var result = read(item);
            yield return result;
            if (result.IsFail)
                yield break;
        }
    }

    /// <param name="path">What errors of the system are about.</param>
    /// <param name="open">Opens a reader, once, when the sequence is begun.</param>
    /// <param name="next">The reader's next block; null after the last.</param>
    /// <param name="cancel">Looked at before each block.</param>
    public static IEnumerable<Fin<B>> Blocks<R, B>(string path, Func<R> open, Func<R, B?> next, CancellationToken cancel)
        where R : IDisposable
        where B : class
    {
        cancel.ThrowIfCancellationRequested();
        R? reader = default;
        try
        {
            var block = Reading.Try(path, () => Optional(next(reader = open())));
            while (block.Map(some => some.IsSome).IfFail(true))
            {
                yield return block.Map(some => (B)some);
                if (block.IsFail)
                    yield break;
                cancel.ThrowIfCancellationRequested();
                block = Reading.Try(path, () => Optional(next(reader!)));
            }
        }
        finally
        {
            reader?.Dispose();
        }
    }
}
