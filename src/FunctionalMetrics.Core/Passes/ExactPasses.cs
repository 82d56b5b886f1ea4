using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// All numbers of an evaluation, exactly, in bounded memory, or in that of the anomalous scores: the data is read several times and never held.
/// <code>
/// Fin&lt;RegionNumbers&gt; numbers = ExactPasses.OfMaps(pass => dataset.Read(), new MemoryLimit(256_000_000));
/// </code>
/// The first pass counts rows into buckets of scores. Most of it is settled by that: how many normal rows lie above a bucket, and all of a
/// bucket that has seen one score. In each further pass the anomalous scores of as many of the other buckets as there is room for are
/// gathered, while the normal ones of the buckets before are counted between them; so buckets that go into n parts take n + 2 passes, and 2
/// when all anomalous scores have room at once, since the first pass gathers them already. With <see cref="MemoryLimit.None"/> the first pass
/// does no more than that, and need not read normal rows (<see cref="Pass.AnomalousOnly"/>); the second counts on up to four processors: they use
/// batches at once, which are read one after another all the same.
/// What the metrics sum is summed from the highest score down in the same integers, so each number is that of one pass over everything in
/// memory.
/// </summary>
public static class ExactPasses
{
    /// <summary>The numbers of scores and labels.</summary>
    /// <param name="read">
    /// Gives all batches, in each pass the same; on any thread, though one at a time. In a pass of <see cref="Pass.AnomalousOnly"/> normal rows may
    /// be left out.
    /// </param>
    /// <param name="limit">The limit of memory.</param>
    /// <param name="defaultThreshold">The threshold where no row is anomalous.</param>
    /// <returns>
    /// The numbers, or the first failure that was read, <see cref="TooLittleMemory"/>, or <see cref="ChangedData"/>.
    /// </returns>
    public static Fin<RankNumbers> OfRows(
        Func<Pass, IEnumerable<Fin<ScoreBatch>>> read,
        MemoryLimit limit,
        double defaultThreshold = AdaptiveThreshold.DefaultValue
    ) =>
        Run(
                pass =>
                    read(pass).Select(part => part.Map(batch => new PassRows(batch.NegativeKeys.Plain, () => batch.PositiveKeys.Plain))),
                limit,
                false,
                None,
                defaultThreshold
            )
            .Map(done => done.Numbers);

    /// <summary>The numbers of maps and masks.</summary>
    /// <param name="read">
    /// Gives all batches, in each pass the same; on any thread, though one at a time. In a pass of <see cref="Pass.AnomalousOnly"/> rows of a map may
    /// be left out that hold no anomalous pixel, as long as those between two that do stay.
    /// </param>
    /// <param name="limit">The limit of memory.</param>
    /// <param name="fprLimit">The limit of the false positive rate of AUPRO.</param>
    /// <param name="defaultThreshold">The threshold where no pixel is anomalous.</param>
    /// <inheritdoc cref="OfRows" path="/returns"/>
    public static Fin<RegionNumbers> OfMaps(
        Func<Pass, IEnumerable<Fin<MapBatch>>> read,
        MemoryLimit limit,
        double fprLimit = Aupro.DefaultLimit,
        double defaultThreshold = AdaptiveThreshold.DefaultValue
    ) =>
        Run(
                pass =>
                    read(pass)
                        .Select(part => part.Map(batch => new PassRows(batch.NegativeKeys.Plain, () => RegionKernels.Group(batch).Plain))),
                limit,
                true,
                FprLimit.Check(fprLimit).Match(Some, _ => None),
                defaultThreshold
            )
            .Map(done => new RegionNumbers(
                done.Numbers,
                Aupro.Check(fprLimit, done.Regions, done.Numbers.Negatives, done.Numbers.Rows).Map(_ => done.Sums.Aupro),
                done.Regions
            ));

    private static Fin<PassNumbers> Run(
        Func<Pass, IEnumerable<Fin<PassRows>>> read,
        MemoryLimit limit,
        bool weighted,
        Option<double> fprLimit,
        double defaultThreshold
    ) =>
        from numbers in limit.IsNone ? new TwoPasses(read, weighted).Run(fprLimit, defaultThreshold) : Option<PassNumbers>.None
        from all in numbers.Map(FinSucc).IfNone(() => new PassRun(read, limit, weighted).Run(fprLimit, defaultThreshold))
        select all;
}

/// <summary>What passes find.</summary>
internal sealed record PassNumbers(RankNumbers Numbers, SweepSums Sums, long Regions);

/// <summary>The rows of a batch by class; the anomalous ones, where they are asked for, grouped by region where there are regions.</summary>
internal readonly record struct PassRows(Chunk Negatives, Func<Chunk> Positives);
