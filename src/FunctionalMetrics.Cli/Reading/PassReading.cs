using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>
/// Reads an evaluation's files as often as a limit of the whole process's memory needs, or twice without one, and keeps none of their normal
/// pixels or rows.
/// </summary>
internal static class PassReading
{
    /// <summary>What the process takes without any data: the runtime, its compiled code, the blocks that are read, and garbage between collections.</summary>
    private const long Process = 120_000_000;

    /// <summary>A report needs libraries of its own.</summary>
    private const long Report = 48_000_000;

    /// <summary>A pixel or row of a block that is read: its number, label and keys, and those of the block before.</summary>
    private const long Row = 24;

    /// <summary>An image's name, score and label.</summary>
    private const long Image = 256;

    /// <summary>
    /// Garbage is collected whenever so many pixels or rows were read: left alone, the heap would grow by a share of what is held. What they
    /// took comes from memory that was in use before, so that no count of allocations tells how much of it waits to be used again.
    /// </summary>
    private const long BetweenCollections = 500_000;

    /// <summary>The same without a limit, where time counts for more.</summary>
    private const long SeldomCollections = 4_000_000;

    /// <param name="input">The files.</param>
    /// <param name="bytes">The limit, if there is one.</param>
    /// <param name="draws">Whether a report will be made.</param>
    /// <param name="settings">What the user chose.</param>
    /// <param name="progress">Shows the passes.</param>
    /// <param name="cancel">Looked at before each block.</param>
    public static Fin<ImmutableArray<LevelNumbers>> Judge(
        EvaluateInput input,
        Option<long> bytes,
        bool draws,
        EvaluationSettings settings,
        Progress progress,
        CancellationToken cancel
    )
    {
        var limit = bytes.Match(most => new MemoryLimit(most, Process + (draws ? Report : 0), Row), MemoryLimit.None);
        return input.Open(
            data => Maps(input, data, limit with { Beside = limit.Beside + data.Count * Image }, settings, progress, cancel),
            file => Rows(input, file, limit, settings, cancel)
        );
    }

    private static Fin<ImmutableArray<LevelNumbers>> Rows(
        EvaluateInput input,
        string file,
        MemoryLimit limit,
        EvaluationSettings settings,
        CancellationToken cancel
    ) =>
        ExactPasses
            .OfRows(
                _ =>
                    Tidy(
                        ScoreFile
                            .TryReadLabelledParts(
                                file,
                                input.ScoreColumn,
                                input.LabelColumn,
                                input.PositiveLabels,
                                input.NormalLabels,
                                cancel
                            )
                            .Select(part => part.Map(input.Turned)),
                        batch => batch.Count,
                        BetweenCollections
                    ),
                limit,
                settings
            )
            .Map(ImmutableArray.Create);

    private static Fin<ImmutableArray<LevelNumbers>> Maps(
        EvaluateInput input,
        MapDataset data,
        MemoryLimit limit,
        EvaluationSettings settings,
        Progress progress,
        CancellationToken cancel
    )
    {
        if (!limit.IsNone && data.HeldWhole is { } whole)
            return new InputError(
                whole,
                "is stored in Fortran order, and so is read whole, whatever --max-memory allows; save it in C order (numpy.ascontiguousarray)"
            );
        var (scores, anomalous) = (new List<double?>(), new List<bool>());
        var between = limit.IsNone ? SeldomCollections : BetweenCollections;
        return from given in input.GivenScores(data, cancel)
            from pixels in ExactPasses.OfMaps(Read, limit, settings)
            from rows in input.ImageRows(given.Map(own => own.ToArray()), scores, anomalous)
            select ImmutableArray.Create(LevelNumbers.Of(RankState.Of(rows), settings), pixels);

        IEnumerable<Fin<MapBatch>> Read(Pass pass) =>
            Tidy(pass.AnomalousOnly ? Anomalous(pass) : All(pass), batch => (long)batch.Shape.Pixels, between);

        IEnumerable<Fin<MapBatch>> Anomalous(Pass pass)
        {
            var done = 0;
            return progress
                .Over(data.TryReadAnomalous(cancel), data.Count, Name(pass), Newly)
                .Select(part => part.Map(rows => input.Turned(rows.Batch)));

            int Newly(Fin<AnomalousRows> part)
            {
                var before = done;
                done = part.Map(rows => rows.Images).IfFail(before);
                return done - before;
            }
        }

        IEnumerable<Fin<MapBatch>> All(Pass pass)
        {
            // The first pass over everything, also where one before it was given up.
            var collects = pass.Number == 1 || scores.Count == 0;
            if (collects)
            {
                scores.Clear();
                anomalous.Clear();
            }
            return progress
                .Over(data.TryRead(cancel), data.Count, Name(pass), part => part.Map(maps => maps.Names.Length).IfFail(0))
                .Select(part => part.Map(maps => collects ? Collected(maps) : input.Turned(maps.Batch)));
        }

        MapBatch Collected(LabelledMaps maps)
        {
            var batch = input.Turned(maps.Batch);
            scores.AddRange(batch.ImageScores);
            anomalous.AddRange(maps.Anomalous);
            return batch;
        }
    }

    private static string Name(Pass pass) =>
        pass.Of == 0 ? "pass 1, reading maps" : FormattableString.Invariant($"pass {pass.Number} of {pass.Of}, reading maps");

    private static IEnumerable<Fin<T>> Tidy<T>(IEnumerable<Fin<T>> parts, Func<T, long> rows, long between)
    {
        var read = 0L;
        foreach (var part in parts)
        {
            yield return part;
            read += part.Map(rows).IfFail(0);
            if (read < between)
                continue;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            read = 0;
        }
    }
}
