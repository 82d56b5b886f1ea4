using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// All numbers of an evaluation, exactly, in bounded memory, or in that of the anomalous scores: the data is read several times and never held.
/// <code>
/// Fin&lt;LevelNumbers&gt; numbers = ExactPasses.OfMaps(pass => dataset.Read(), new MemoryLimit(256_000_000));
/// </code>
/// The first pass counts rows into bins of scores. Most of it is settled by that: how many normal rows lie above a bin, and all of a
/// bin that has seen one score. In each further pass the anomalous scores of as many of the other bins as there is room for are
/// gathered, while the normal ones of the bins before are counted between them; so bins that go into n parts take n + 2 passes, and 2
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
    /// <param name="settings">The parameters of the metrics.</param>
    /// <returns>
    /// The numbers, or the first failure that was read, <see cref="TooLittleMemory"/>, or <see cref="ChangedData"/>.
    /// </returns>
    public static Fin<LevelNumbers> OfRows(
        Func<Pass, IEnumerable<Fin<ScoreBatch>>> read,
        MemoryLimit limit,
        EvaluationSettings? settings = null
    ) =>
        Run(
            pass => read(pass).Select(part => part.Map(batch => new PassRows(batch.NegativeKeys.Plain, () => batch.PositiveKeys.Plain))),
            limit,
            false,
            settings ?? new()
        );

    /// <summary>The numbers of maps and masks.</summary>
    /// <param name="read">
    /// Gives all batches, in each pass the same; on any thread, though one at a time. In a pass of <see cref="Pass.AnomalousOnly"/> rows of a map may
    /// be left out that hold no anomalous pixel, as long as those between two that do stay.
    /// </param>
    /// <param name="limit">The limit of memory.</param>
    /// <param name="settings">The parameters of the metrics.</param>
    /// <inheritdoc cref="OfRows" path="/returns"/>
    public static Fin<LevelNumbers> OfMaps(
        Func<Pass, IEnumerable<Fin<MapBatch>>> read,
        MemoryLimit limit,
        EvaluationSettings? settings = null
    ) =>
        Run(
            pass =>
                read(pass)
                    .Select(part => part.Map(batch => new PassRows(batch.NegativeKeys.Plain, () => RegionKernels.Group(batch).Plain))),
            limit,
            true,
            settings ?? new()
        );

    private static Fin<LevelNumbers> Run(
        Func<Pass, IEnumerable<Fin<PassRows>>> read,
        MemoryLimit limit,
        bool weighted,
        EvaluationSettings settings
    )
    {
        var (chosen, passes) = (LevelNumbers.Chosen(settings), 0);
        return (
            from some in limit.IsNone ? new TwoPasses(Read, weighted).Run(Sums(), settings.CountedAt) : Option<PassRanking>.None
            from all in some.Map(FinSucc).IfNone(() => new PassRun(Read, limit, weighted).Run(Sums(), settings.CountedAt))
            from located in WithNormalScores(all)
            from swapped in WithTwin(located)
            select swapped
        ).Map(found => LevelNumbers.Of(found, settings, chosen));

        IEnumerable<Fin<PassRows>> Read(Pass pass)
        {
            passes = pass.Number;
            return read(pass);
        }

        // Thresholds that are normal scores are found by counting, in passes of their own.
        Fin<PassRanking> WithNormalScores(PassRanking found)
        {
            ImmutableArray<long> rows = [.. settings.Asked.SelectMany(asked => asked.NormalRow(found).ToSeq()).Distinct()];
            return rows.IsEmpty
                ? found
                : NormalRows
                    .Find(rows, found.IsWide, CountAtLeast)
                    .Bind(scores =>
                        scores.AsEnumerable().Any(score => score.AtLeast > found.Negatives)
                            ? FinFail<PassRanking>(new ChangedData())
                            : found with
                            {
                                NormalScores = Enumerable.Range(0, rows.Length).ToImmutableDictionary(i => rows[i], i => scores[i]),
                            }
                    );
        }

        Fin<PassRanking> WithTwin(PassRanking found)
        {
            var sums = new PassSums(settings.Asked.SelectMany(asked => asked.ReductionsOfTwin).Distinct());
            return sums.IsEmpty
                ? found
                : new PassRun(pass => Read(pass).Select(part => part.Map(Swap)), limit, false)
                    .Run(sums, [])
                    .Map(twin => found with { Swapped = twin });
        }

        static PassRows Swap(PassRows rows) => new(rows.Positives().Ungrouped.Negated, () => rows.Negatives.Negated);

        Fin<long[]> CountAtLeast(double[] thresholds)
        {
            var counts = new long[thresholds.Length];
            return PassReader.Each(Read(new(passes + 1, passes + 1)), 1, Visit).Map(_ => counts);

            bool Visit(PassRows rows, int thread)
            {
                var here = KeyBag.CountAtLeast(KeyBag.Empty.Add(rows.Negatives), thresholds);
                for (var i = 0; i < counts.Length; i++)
                    counts[i] += here[i];
                return true;
            }
        }

        PassSums Sums() =>
            new(
                chosen
                    .SelectMany(number => number.Chosen.Reductions)
                    .Concat(settings.Asked.SelectMany(asked => asked.Reductions))
                    .Distinct()
            );
    }
}

/// <summary>The rows of a batch by class; the anomalous ones, where they are asked for, grouped by region where there are regions.</summary>
internal readonly record struct PassRows(Chunk Negatives, Func<Chunk> Positives);
