using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>The images as rows, collected while their maps are read: their scores, their labels, and what was decided of them.</summary>
internal sealed class ImageRows
{
    private readonly EvaluateInput input;

    /// <summary>The scores that were given, with the user's own sign; null where they are those of the maps.</summary>
    private readonly ReadOnlyMemory<double>? given;
    private readonly List<double?> scores = [];
    private readonly List<bool> anomalous = [];
    private NoteCounts notes = NoteCounts.Empty;

    private ImageRows(EvaluateInput input, ReadOnlyMemory<double>? given) => (this.input, this.given) = (input, given);

    /// <summary>No image yet; reads the file of image scores where there is one.</summary>
    public static Fin<ImageRows> Begin(EvaluateInput input, MapDataset data, Range images, CancellationToken cancel) =>
        input.ImageScores is { } path
            ? ScoreFile
                .TryReadImageScores(path, data.Names, input.ScoreColumn, input.FileColumn, cancel)
                .Map(all => new ImageRows(input, all.AsMemory()[images]))
            : new ImageRows(input, null);

    /// <summary>Forgets all images.</summary>
    public void Clear()
    {
        scores.Clear();
        anomalous.Clear();
        notes = NoteCounts.Empty;
    }

    /// <summary>Adds images; gives their maps, turned where low scores are anomalous.</summary>
    public MapBatch Add(LabelledMaps maps)
    {
        var (batch, first) = (input.Turned(maps.Batch), scores.Count);
        var some = given is null ? batch.ImageScoresBy(input.ImageScore) : [.. maps.Images.Select(_ => (double?)0)];
        scores.AddRange(some);
        anomalous.AddRange(maps.Anomalous);
        notes = NoteCounts.Sum([
            notes,
            maps.Notes,
            NoteCounts.Of(NoteKind.NothingLeft, some.Count(score => score is null)),
            Scored(some.Count(score => score is not null)),
        ]);
        return batch.WithImages(maps.Images.Select((image, i) => Facts(image, some[i], first + i))).IfFail(batch);
    }

    /// <summary>What is known of an image beside its pixels, as scores are ranked. A score that was given is checked with the others of its file.</summary>
    private ImageFacts Facts(LabelledImage image, double? score, int index) =>
        new(
            image.Name,
            image.IsAnomalous,
            given is { } own
                ? own.Span[index] is var one && double.IsFinite(one)
                    ? input.LowerIsAnomalous
                        ? 0 - one
                        : one
                    : None
                : Optional(score)
        );

    /// <summary>The largest pixel needs no word.</summary>
    private NoteCounts Scored(int images) =>
        given is not null ? NoteCounts.Of(NoteKind.ScoredBy, images, "a file")
        : input.ImageScore == ImageScore.Max ? NoteCounts.Empty
        : NoteCounts.Of(NoteKind.ScoredBy, images, input.ImageScore.ToString());

    /// <summary>What was decided of them.</summary>
    public NoteCounts Notes => notes;

    /// <summary>How many images there are.</summary>
    public int Count => scores.Count;

    /// <summary>All of them.</summary>
    public Fin<EvaluationBatch> ToBatch()
    {
        var rows = ScoreBatch.Create(
            given is { } own ? own.ToArray() : [.. scores.OfType<double>()],
            anomalous.Where((_, image) => scores[image] is not null).ToArray()
        );
        return rows.Map(all => new EvaluationBatch(given is null ? all : input.Turned(all), LowerIsAnomalous: input.LowerIsAnomalous)
            {
                Notes = notes,
            })
            .Match(Fin<EvaluationBatch>.Succ, faults => Error.New("image scores: " + faults.Head.Message));
    }
}
