using System.Runtime.ExceptionServices;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>Reads one pass.</summary>
internal static class PassReader
{
    /// <summary>
    /// Reads one batch after the other, until a visit says that it leads nowhere, and gives whether none did. Batches are visited on so many
    /// threads at once, which are told their number.
    /// </summary>
    public static Fin<bool> Each(IEnumerable<Fin<PassRows>> batches, int threads, Func<PassRows, int, bool> visit)
    {
        using var parts = batches.GetEnumerator();
        var (failure, goesOn) = (FinSucc(unit), true);
        if (threads == 1)
            Visit(0);
        else
            try
            {
                Parallel.For(0, threads, Visit);
            }
            catch (AggregateException several)
            {
                ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }
        return failure.Map(_ => goesOn);

        void Visit(int thread)
        {
            try
            {
                while (Next() is { } rows)
                    if (!visit(rows, thread))
                        Stop();
            }
            catch
            {
                Stop();
                throw;
            }
        }

        void Stop()
        {
            lock (parts)
                goesOn = false;
        }

        PassRows? Next()
        {
            lock (parts)
            {
                using var shortLived = new ShortLivedBatches();
                if (!goesOn || failure.IsFail || !parts.MoveNext())
                    return null;
                if (parts.Current.Case is PassRows rows)
                    return rows;
                failure = parts.Current.Map(_ => unit);
                return null;
            }
        }
    }
}
