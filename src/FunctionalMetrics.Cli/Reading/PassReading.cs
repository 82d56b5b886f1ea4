using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>
/// Reads an evaluation's files as often as a limit of the whole process's memory needs, or twice without one, and keeps none of their normal
/// pixels or rows.
/// </summary>
internal static class PassReading
{
    /// <summary>What the process takes without any data: the runtime, its compiled code, and garbage between collections.</summary>
    private const long Process = 104_000_000;

    /// <summary>A report needs libraries of its own.</summary>
    private const long Report = 48_000_000;

    /// <summary>What bins and the anomalous scores of the fullest of them take at least; the first pass says what they do take.</summary>
    private const long Bins = 8_000_000;

    /// <summary>What readers of tables take beside their rows.</summary>
    private const long Table = 16_000_000;

    /// <summary>A row of a block that is read: its number, label and keys, and those of the block before.</summary>
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
    public static Fin<Evaluation> Judge(
        EvaluateInput input,
        Option<long> bytes,
        bool draws,
        EvaluationSettings settings,
        Progress progress,
        CancellationToken cancel
    )
    {
        var limit = bytes.Match(most => new MemoryLimit(most, Process + (draws ? Report : 0)), MemoryLimit.None);
        return input.Open(
            data => Maps(input, data, limit with { Beside = limit.Beside + data.Count * Image }, settings, progress, cancel),
            file =>
                Rows(input, file, limit.IsNone ? limit : limit with { Beside = limit.Beside + Table, BesidePerRow = Row }, settings, cancel)
        );
    }

    private static Fin<Evaluation> Rows(
        EvaluateInput input,
        string file,
        MemoryLimit limit,
        EvaluationSettings settings,
        CancellationToken cancel
    )
    {
        var notes = NoteCounts.Empty;
        return ExactPasses.OfRows(Read, limit, settings).Map(rows => new Evaluation([rows], settings, notes, null));

        IEnumerable<Fin<ScoreBatch>> Read(Pass pass)
        {
            notes = NoteCounts.Empty;
            return Tidy(
                ScoreFile
                    .TryReadLabelledParts(file, input.ScoreColumn, input.LabelColumn, input.PositiveLabels, input.NormalLabels, cancel)
                    .Select(part => part.Map(Noted)),
                batch => batch.Count,
                BetweenCollections
            );
        }

        ScoreBatch Noted(LabelledRows rows)
        {
            notes = NoteCounts.Merge(notes, rows.Notes);
            return input.Turned(rows.Batch);
        }
    }

    private static Fin<Evaluation> Maps(
        EvaluateInput input,
        MapDataset data,
        MemoryLimit limit,
        EvaluationSettings settings,
        Progress progress,
        CancellationToken cancel
    )
    {
        var between = limit.IsNone ? SeldomCollections : BetweenCollections;
        return from within in limit.IsNone ? limit : Beside(input, data, limit, cancel)
            from images in ImageRows.Begin(input, data, .., cancel)
            from pixels in data.HasMasks
                ? ExactPasses.OfMaps(pass => Read(pass, images), within, settings).Map(ImmutableArray.Create)
                : Once(images)
            from rows in images.ToBatch()
            let notes = NoteCounts.Merge(rows.Notes, NoteCounts.Of(NoteKind.HeldWhole, limit.IsNone ? 0 : data.HeldWhole.Length))
            select new Evaluation([LevelNumbers.Of(RankState.Of(rows.Images), settings), .. pixels], settings, notes, null);

        IEnumerable<Fin<MapBatch>> Read(Pass pass, ImageRows images) =>
            Tidy(pass.AnomalousOnly ? Anomalous(pass) : All(pass, images), batch => (long)batch.Shape.Pixels, between);

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

        IEnumerable<Fin<MapBatch>> All(Pass pass, ImageRows images)
        {
            // The first pass over everything, also where one before it was given up.
            var collects = pass.Number == 1 || images.Count == 0;
            if (collects)
                images.Clear();
            return progress
                .Over(data.TryRead(cancel), data.Count, Name(pass), part => part.Map(maps => maps.Images.Length).IfFail(0))
                .Select(part => part.Map(maps => collects ? images.Add(maps) : input.Turned(maps.Batch)));
        }

        // Without masks there is no pixel level.
        Fin<ImmutableArray<LevelNumbers>> Once(ImageRows images)
        {
            foreach (var part in Read(new Pass(1, 1), images))
                if (part.IsFail)
                    return part.Map(_ => ImmutableArray<LevelNumbers>.Empty);
            return ImmutableArray<LevelNumbers>.Empty;
        }
    }

    /// <summary>The limit beside what reading takes, which is known before anything is decoded; a refusal where that alone is too much.</summary>
    private static Fin<MemoryLimit> Beside(EvaluateInput input, MapDataset data, MemoryLimit limit, CancellationToken cancel) =>
        data.TryMeasure(cancel)
            .Bind(reading =>
            {
                var all = limit.Beside + reading.Bytes + Copies(input) * reading.BlockBytes;
                if (limit.Bytes >= all + Bins)
                    return FinSucc(limit with { Beside = all });
                var little = new TooLittleMemory(limit.Bytes, all + Bins);
                return data.HeldWhole is [var whole, ..]
                    ? new InputError(
                        whole,
                        "is stored in Fortran order, and so is held whole: "
                            + little.Message
                            + ", and less in C order (numpy.ascontiguousarray)"
                    )
                    : Error.New($"{little.Message}; the most is taken at {reading.File}");
            });

    /// <summary>How many further times there are the scores of a block: turned around (and those before, not forgotten yet), in the order of their pixels, and sorted.</summary>
    private static int Copies(EvaluateInput input) =>
        (input.LowerIsAnomalous ? 2 : 0) + (input.ImageScores is null && input.ImageScore != ImageScore.Max ? 4 : 0);

    private static string Name(Pass pass) =>
        pass.Of == 0 ? "pass 1, reading maps" : FormattableString.Invariant($"pass {pass.Number} of {pass.Of}, reading maps");

    private static IEnumerable<Fin<T>> Tidy<T>(IEnumerable<Fin<T>> parts, Func<T, long> rows, long between)
    {
        // What the pass before has left.
        Collect();
        var read = 0L;
        foreach (var part in parts)
        {
            yield return part;
            read += part.Map(rows).IfFail(0);
            if (read < between)
                continue;
            Collect();
            read = 0;
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
