using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static System.FormattableString;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Pictures of the images that flip, the maps of all detectors side by side: these are read a second time, and no others.</summary>
internal static class ComparePictures
{
    /// <summary>So many images are shown.</summary>
    private const int Most = 24;

    private const string Colours =
        "Dark is the detector's smallest score of all, red its pixel threshold of the largest F1, yellow its largest score; the line is the edge of the mask.";

    /// <summary>The pictures with a sentence on them, or on why there are none; nothing where nothing flips.</summary>
    public static Fin<(ImmutableArray<ComparedPicture> Pictures, string About)> Read(Compared compared, CancellationToken cancel)
    {
        string[] flipped = [.. compared.Result.Pairs.SelectMany(pair => pair.Flipped).Select(flip => flip.Name).Distinct()];
        if (flipped.Length == 0 || compared.Unit.One == "row")
            return (ImmutableArray<ComparedPicture>.Empty, "");
        if (compared.Models.Any(model => model.Maps is null))
            return (
                ImmutableArray<ComparedPicture>.Empty,
                "A state file holds no maps to be drawn: fmetrics compare of the maps themselves shows what flips side by side."
            );
        string[] shown = [.. flipped.Take(Most)];
        return from maps in toSeq(compared.Models).Map(model => Maps(model, shown, cancel)).Sequence()
            select (
                shown
                    .Select(
                        (name, at) =>
                            new ComparedPicture(
                                name,
                                string.Join(
                                    "; ",
                                    compared
                                        .Result.Pairs.SelectMany(pair => pair.Flipped)
                                        .Where(flip => flip.Name == name)
                                        .Select(flip => flip.Right)
                                        .Distinct()
                                        .Select(right => $"{right} decides it rightly")
                                ),
                                [.. maps.Map(all => all[at])]
                            )
                    )
                    .ToImmutableArray(),
                (
                    flipped.Length > Most
                        ? Invariant($"The first {Most} of {Readable.Count(flipped.Length)} images that flip are shown here. ")
                        : "All images that flip are shown here. "
                ) + Colours
            );
    }

    /// <summary>The maps of a detector of some images.</summary>
    private static Fin<ComparedMap[]> Maps(ComparedModel model, string[] names, CancellationToken cancel)
    {
        var (images, rank) = (MarkedImage.Of(model.Images!).ToDictionary(image => image.Name.IfNone("")), model.Images!.Pixels.Rank);
        var (least, most) = rank.Extrema.Range.IfNone((0, 0));
        var scale = new Scale(least, OptimalF1.Metric.Compute(rank).Map(best => best.Threshold).IfFail(most), most);
        return model.Maps!.Open(
            data => toSeq(names).Map(name => Draw(data, name)).Sequence().Map(all => all.ToArray()),
            _ => FinFail<ComparedMap[]>(Error.New($"{model.Name}: the maps are gone since they were read"))
        );

        Fin<ComparedMap> Draw(MapDataset data, string name)
        {
            if (data.Names.IndexOf(name) is not (>= 0 and var at))
                return Error.New($"the image {name} is gone since its map was read");
            var score = images[name].Score.Match(value => Readable.Score(model.Own(value)), () => "none");
            return from read in data.TryRead(at..(at + 1), cancel).First()
                from drawn in Thumbnail.Draw(MapPicture.Of(model.Maps!.Turned(read.Batch), 0), scale, None)
                select new ComparedMap(
                    model.Name,
                    $"score {score}",
                    $"Anomaly map of the {(images[name].IsAnomalous ? "anomalous" : "normal")} image {name} by {model.Name}: score {score}.",
                    drawn
                );
        }
    }
}
