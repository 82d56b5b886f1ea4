using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Pictures of the worst images: their maps are read a second time, and no others.</summary>
internal static class PictureReading
{
    private const string Colours =
        "Dark is the smallest score of all, red the pixel threshold, yellow the largest score; the line is the edge of the mask.";

    /// <param name="choices">The files, and the photographs.</param>
    /// <param name="judged">What was found.</param>
    /// <param name="cancel">Looked at before each image.</param>
    public static Fin<WorstPictures> Read(EvaluateChoices choices, Evaluation judged, CancellationToken cancel)
    {
        if (judged.Seen is not EvaluationState.Exact { Kept.Case: ImageState images })
            return choices.Photos is null
                ? Without(judged)
                : Error.New("--photos has no effect: the worst images are shown of maps with masks");
        return from told in ImageResults.Of(images, judged.Levels, judged.Settings)
            from read in choices.Input.Open(
                data => Read(new(choices, told, Scale.Of(images, told), data, cancel)),
                _ => FinSucc(WorstPictures.None)
            )
            select read;
    }

    /// <summary>No pictures, and why.</summary>
    public static WorstPictures Without(Evaluation judged) =>
        judged.Levels.All(level => level.Level != LevelNumbers.Pixel) ? WorstPictures.None
        : judged.Seen is EvaluationState.Exact { Kept.IsSome: true }
            ? WorstPictures.Because("A state file holds no maps to be drawn: the report of fmetrics evaluate shows the worst images.")
        : WorstPictures.Because(
            "Pictures, kinds of defect and missed regions need each image by itself: evaluate without --approximate and --max-memory for them (a state file has images, but no maps to be drawn, with --keep-images)."
        );

    private static Fin<WorstPictures> Read(Job job) =>
        from misses in job.Pictures(job.Told.WorstMisses.Take(WorstPictures.Most))
        from alarms in job.Pictures(job.Told.WorstFalseAlarms.Take(WorstPictures.Most))
        select new WorstPictures([
            new(
                "Worst misses",
                misses.IsEmpty
                    ? "No anomalous pixel is missed, and no anomalous image passes."
                    : $"The anomalous images that pass come first, then those of which the largest share of anomalous pixels is missed. {Colours}",
                misses
            ),
            new(
                "Worst false alarms",
                alarms.IsEmpty
                    ? "No normal image is called anomalous, and none of their pixels."
                    : $"The normal images that are called anomalous come first, then those with most pixels called so. {Colours}",
                alarms
            ),
        ]);

    /// <summary>What all pictures share.</summary>
    private sealed record Job(EvaluateChoices Choices, ImageResults Told, Scale Scale, MapDataset Data, CancellationToken Cancel)
    {
        public Fin<ImmutableArray<ReportPicture>> Pictures(IEnumerable<ImageRow> rows) =>
            toSeq(rows.ToList()).Map(Picture).Sequence().Map(all => all.ToImmutableArray());

        private Fin<ReportPicture> Picture(ImageRow row)
        {
            var name = row.Name.IfNone("");
            if (Data.Names.IndexOf(name) is not (>= 0 and var at))
                return Error.New($"the image {name} is gone since its map was read");
            var maps = Data.TryRead(at..(at + 1), Cancel).First();
            return from photo in Photograph.Of(Choices.Photos, name)
                from read in maps
                from drawn in Thumbnail.Draw(MapPicture.Of(Choices.Input.Turned(read.Batch), 0), Scale, photo)
                select new ReportPicture(name, Told.Value(row), Told.Description(row, photo.IsSome), drawn);
        }
    }
}

/// <summary>How scores, as they are ranked, become colours from 0 to 1.</summary>
/// <param name="Least">The smallest score of all, which is 0.</param>
/// <param name="Threshold">The pixel threshold, which is a half.</param>
/// <param name="Most">The largest score of all, which is 1.</param>
internal readonly record struct Scale(double Least, double Threshold, double Most)
{
    public static Scale Of(ImageState images, ImageResults told)
    {
        var (least, most) = images.Pixels.Rank.Extrema.Range.IfNone((0, 0));
        return new(least, Math.Clamp(told.PixelThreshold, least, most), most);
    }

    /// <summary>The place of a score.</summary>
    public double Of(double score) => score >= Threshold ? 0.5 + Part(score, Threshold, Most) / 2 : Part(score, Least, Threshold) / 2;

    private static double Part(double score, double from, double to) =>
        to > from ? Math.Clamp(score / (to - from) - from / (to - from), 0, 1) : 0;
}
