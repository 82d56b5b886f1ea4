using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>What an evaluation would read, and how: a line for each image, or for each label of rows. Masks are decoded for it.</summary>
internal static class DryRun
{
    public static Fin<Unit> Write(EvaluateInput input, Streams to, CancellationToken cancel) =>
        input.Open(
            data => Images(input, data, to, cancel),
            file => input.Table(file, [input.LabelColumn], cancel).Map(table => Labels(input, table, to))
        );

    private static Fin<Unit> Images(EvaluateInput input, MapDataset data, Streams to, CancellationToken cancel)
    {
        // Scores of the images are read too: perhaps they are of others.
        var collected = ImageRows.Begin(input, data, .., cancel);
        if (collected.Case is not ImageRows rows)
            return collected.Map(_ => unit);
        var (images, anomalous, refused) = (0, 0, Seq<Error>());
        foreach (var part in Parts(data, input.Folder ?? input.Maps, cancel))
        {
            if (part.Case is not LabelledMaps maps)
            {
                refused = refused.Add((Error)part);
                to.Say($"refused    {refused.Last.Message}");
                continue;
            }
            var pixels = rows.Add(maps).Shape.ImagePixels;
            foreach (var image in maps.Images)
                to.Say(
                    $"{(image.Ignored == pixels && input.ImageScores is null ? NoRow : Class(image.IsAnomalous))}  {Reason(input, image), -34}  {Sizes(image), -24}  {image.Name}: {string.Join(" + ", image.MaskFiles.Prepend(image.MapFile))}"
                );
            (images, anomalous) = (images + maps.Images.Length, anomalous + maps.Images.Count(image => image.IsAnomalous));
        }
        if (refused.Count > 1)
            return Error.New(
                $"{Readable.Count(refused.Count)} of {Readable.Count(data.Count)} images are refused; the first: {refused[0].Message}"
            );
        if (refused.Count == 1)
            return refused[0];
        to.Say($"{Readable.Count(images)} images, {Readable.Count(anomalous)} of them anomalous");
        return Notes(input, rows.Notes, to);
    }

    /// <summary>All parts; in a folder those after one that is refused as well, so that a user sees at once what is to be mended.</summary>
    private static IEnumerable<Fin<LabelledMaps>> Parts(MapDataset data, string? path, CancellationToken cancel)
    {
        for (var at = 0; at < data.Count; at++)
            foreach (var part in data.TryRead(at.., cancel))
            {
                at += part.Map(maps => maps.Images.Length).IfFail(0);
                yield return part;
                if (part.IsFail && !(path is not null && MapDataset.IsFolder(path)))
                    yield break;
            }
    }

    private static Unit Labels(EvaluateInput input, LabelledTable table, Streams to)
    {
        foreach (
            var label in table.Columns[input.LabelColumn].Zip(table.Labels).GroupBy(row => row).OrderByDescending(rows => rows.Count())
        )
            to.Say($"{Class(label.Key.Item2)}  {Readable.Count(label.Count()), 12} rows  '{label.Key.Item1}'");
        to.Say($"{Readable.Count(table.Batch.Count)} rows, {Readable.Count(table.Batch.Positives)} of them anomalous");
        return Notes(input, table.Notes, to);
    }

    private static Unit Notes(EvaluateInput input, NoteCounts notes, Streams to)
    {
        foreach (var note in notes.Notes)
            to.Say(note.Text);
        return input.Idle(notes).Iter(to.Tell);
    }

    /// <summary>Of what is left of an image, none has a score.</summary>
    private const string NoRow = "left out ";

    private static string Class(bool isAnomalous) => isAnomalous ? "anomalous" : "normal   ";

    private static string Sizes(LabelledImage image) =>
        image.MaskSize is { } mask && mask != image.MapSize ? $"map {Size(image.MapSize)}, mask {Size(mask)}" : Size(image.MapSize);

    private static string Size((int Height, int Width) size) => FormattableString.Invariant($"{size.Height} x {size.Width}");

    private static string Reason(EvaluateInput input, LabelledImage image) =>
        Label(input, image) + (image.Ignored > 0 ? $", {Readable.Count(image.Ignored)} left out" : "");

    private static string Label(EvaluateInput input, LabelledImage image) =>
        image.Reason switch
        {
            LabelReason.Mask => "mask has anomalous pixels",
            LabelReason.EmptyMask when image.Folder is { } folder => $"mask is empty, folder {folder}",
            LabelReason.EmptyMask => "mask is empty",
            LabelReason.NormalFolder => $"no mask, folder {image.Folder}",
            LabelReason.Unmasked => "no mask, --unmasked normal",
            LabelReason.Given => $"label in {Path.GetFileName(input.ImageLabels)}",
            _ => $"label in {Path.GetFileName(input.ImageLabels)}, against its mask",
        };
}
