using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Maps with the defects of <c>--defects-config</c>: the saturated overlap of each kind of anomaly, and the mean of all kinds.</summary>
internal static class DefectEvaluation
{
    /// <summary>What goes with <c>--defects-config</c>; the folder stands among the options as dir.</summary>
    private static readonly OptionRules Rules = new(
        "--defects-config",
        [
            "dir",
            "maps",
            "masks",
            "defects-config",
            "normal-folder",
            "lower-is-anomalous",
            "json",
            "table",
            "columns",
            "detector",
            "category",
            "require",
            "report",
            "title",
            "quiet",
        ],
        new Dictionary<string, string>
        {
            ["max-memory"] = "every score outside the defects is kept in memory",
            ["approximate"] = "its numbers are exact",
            ["state"] = "a state file holds images and regions, not defects",
            ["cluster"] = "silos keep images and regions, not defects",
            ["dry-run"] = "it lists maps and masks alone",
            ["categories"] = "each category has types of defects of its own; evaluate each with its file",
            ["scores"] = "defects are those of maps",
            ["image-scores"] = "the score of an image is its map's largest pixel",
            ["image-score"] = "the score of an image is its map's largest pixel",
            ["image-labels"] = "an image is anomalous where it has a defect",
            ["unmasked"] = "an image without a defect lies in a normal folder; --normal-folder names others",
            ["mask-threshold"] = "the file says what pixel values mean",
            ["ignore-value"] = "the file says what pixel values mean",
            ["ignore"] = "pixels outside the defects are normal",
            ["resize-masks"] = "a saturation area is one of the pixels that were annotated",
            ["resize-maps"] = "bring maps to the size of the images before they are judged",
            ["fpr-limit"] = $"AU-sPRO is given up to the rates {string.Join(", ", DefectResult.Limits)}",
            ["metrics"] = "those are numbers of images and of regions; evaluate without --defects-config for them",
            ["threshold"] = "counts are those of images and of regions; evaluate without --defects-config for them",
            ["pixel-threshold"] = "counts are those of images and of regions; evaluate without --defects-config for them",
            ["intervals"] = "images are drawn with their regions, not with defects",
            ["replicates"] = "images are drawn with their regions, not with defects",
            ["seed"] = "images are drawn with their regions, not with defects",
            ["default-threshold"] = "no threshold is chosen",
        }.ToImmutableDictionary(),
        "it has nothing to say of defects"
    );

    /// <param name="choices">What the user chose.</param>
    /// <param name="config">The file of types of defects.</param>
    /// <param name="streams">Where the table goes.</param>
    /// <param name="cancel">Looked at before each image.</param>
    public static Fin<Unit> Run(EvaluateChoices choices, string config, Streams streams, CancellationToken cancel)
    {
        var output = new Output(streams, Optional(choices.Results.Json), choices.Results.Quiet);
        return from possible in Refusal(choices)
            from ready in output.Check(CategoryEvaluation.Outputs(choices).Map(file => file.Path))
            from files in choices.Table.Texts
            from apart in output.Spares(CategoryEvaluation.Outputs(choices), choices.Input.Files.Add(new("--defects-config", config)))
            from types in DefectsConfig.TryRead(config)
            from data in Open(choices.Input, types)
            from found in Judge(choices.Input, data, output.Progress, cancel)
            from table in found.Table(choices.Results.Detector ?? "", choices.Table.Columns)
            let json = choices.Results.Named(found.ToJson(choices.Results.Run))
            from broken in Requirement.Broken(choices.Results.Required, json)
            let pages = Optional(choices.Results.Report)
                .ToSeq()
                .Map(path => (Path: path, Output.Content(DefectReport.Html(found, table, choices.Results, choices.Input.Title))))
            from written in output.Write(
                () => json,
                found.WriteTable,
                files.Map(file => (file.Path, Output.Content(file.Text(table)))) + pages,
                cancel
            )
            from held in Requirement.Held(broken)
            select held;
    }

    private static Fin<Unit> Refusal(EvaluateChoices choices) =>
        from alone in Rules.Check(choices.Results.Run)
        from one in choices.AreCategories ? FinFail<Unit>(Rules.Refusal("{category}", Rules.Reasons["categories"])) : unit
        select one;

    private static Fin<DefectDataset> Open(EvaluateInput input, DefectsConfig config) =>
        (input.Folder, input.Maps, input.Masks) switch
        {
            ({ } root, null, null) => DefectDataset.TryOpen(root, config, input.NormalFolders),
            (null, { } maps, { } masks) => DefectDataset.TryOpen(maps, masks, config, input.NormalFolders),
            _ => Error.New(
                "--defects-config needs DIR, or --maps and --masks: folders of maps (test/logical_anomalies/000.tiff) and of defects (ground_truth/logical_anomalies/000/000.png)"
            ),
        };

    private static Fin<DefectResult> Judge(EvaluateInput input, DefectDataset data, Progress progress, CancellationToken cancel)
    {
        var (good, kinds) = (KindState.Empty, new SortedDictionary<string, KindState>(StringComparer.Ordinal));
        var notes = NoteCounts.Empty;
        foreach (var read in progress.Over(data.TryRead(cancel), data.Images.Length, "reading maps", _ => 1))
        {
            if (read.Case is not ReadDefects image)
                return read.Map(_ => DefectResult.Empty);
            var batch = input.LowerIsAnomalous ? image.Batch.Negated : image.Batch;
            notes = NoteCounts.Merge(notes, NoteCounts.Of(NoteKind.Map));
            if (image.Image.NormalFolder is { } folder)
                (good, notes) = (good.Add(batch), NoteCounts.Merge(notes, NoteCounts.Of(NoteKind.NormalFolder, 1, folder)));
            else
                kinds[image.Image.Folder] = kinds.GetValueOrDefault(image.Image.Folder, KindState.Empty).Add(batch);
        }
        return kinds.Count == 0
            ? Error.New($"{data.Images[0].MapFile}: no image has a defect; all lie in normal folders")
            : new DefectResult([.. kinds.Select(kind => KindNumbers.Of(kind.Key, good, kind.Value))], notes);
    }
}
