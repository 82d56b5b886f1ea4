using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>From choices to written results: what <c>evaluate</c> and <c>show</c> have in common.</summary>
internal static class ResultWriting
{
    /// <summary>
    /// Judges and writes. Targets that could not be written are refused before anything is read, and files are written all or none.
    /// </summary>
    /// <param name="choices">Where results go.</param>
    /// <param name="streams">Where the table and hints go.</param>
    /// <param name="data">The data's name, for a report without a title of its own.</param>
    /// <param name="judge">Gives the evaluation.</param>
    /// <param name="state">Where to write the state itself, if anywhere.</param>
    /// <param name="inputs">What is read.</param>
    /// <param name="cancel">Looked at before anything is written.</param>
    /// <param name="keepsImages">Whether the state that is written keeps each image by itself.</param>
    /// <param name="pictures">Gives pictures of the worst images for a report; none where there are no maps to be drawn.</param>
    public static Fin<Unit> Write(
        this ResultChoices choices,
        Streams streams,
        string data,
        Func<Progress, Fin<Evaluation>> judge,
        string? state,
        Seq<NamedFile> inputs,
        CancellationToken cancel,
        bool keepsImages = false,
        Func<Evaluation, Fin<WorstPictures>>? pictures = null
    )
    {
        var output = new Output(streams, Optional(choices.Json), choices.Quiet);
        var (page, kept) = (Optional(choices.Report), Optional(state));
        var tables =
            Optional(choices.Images).Map(path => new NamedFile("--images", path)).ToSeq()
            + Optional(choices.Regions).Map(path => new NamedFile("--regions", path)).ToSeq();
        var others =
            page.Map(path => new NamedFile("--report", path)).ToSeq() + kept.Map(path => new NamedFile("--state", path)).ToSeq() + tables;
        return from ready in output.Check(page.ToSeq() + kept.ToSeq() + tables.Map(file => file.Path))
            from apart in output.Spares(others, inputs + choices.ThresholdFiles)
            from formats in tables.Map(file => ColumnFile.For(file.Option, file.Path).Map(write => (File: file, Write: write))).Sequence()
            from found in judge(output.Progress)
            from told in choices.Told(found)
            from judged in choices.WithIntervals(told, output.Progress, cancel)
            from worst in page.IsNone || pictures is null ? PictureReading.Without(judged) : pictures(judged)
            let pages = page.Map(path =>
                    (
                        path,
                        Output.Content(judged.Html(choices.Title ?? $"{choices.Detector ?? "Anomaly detection"} on {data}", choices, worst))
                    )
                )
                .ToSeq()
            let columns = formats.Map(table =>
                (
                    path: table.File.Path,
                    (Action<Stream>)(
                        stream => table.Write(stream, table.File.Option == "--images" ? judged.Images!.Images : judged.Images!.Regions)
                    )
                )
            )
            let states = kept.Map(path => (path, StateFile.Content(Written(judged.Seen!, keepsImages)))).ToSeq()
            let json = choices.Named(judged.ToJson(choices.Run))
            from broken in Requirement.Broken(choices.Required, json)
            from written in output.Write(() => json, judged.WriteTable, pages + states + columns, cancel)
            let said = (judged.Idle + judged.Hint.ToSeq()).Iter(output.Tell)
            from held in Requirement.Held(broken)
            select held;
    }

    /// <summary>An evaluation with what is told of its images and thresholds; refused where something that was asked for is not there.</summary>
    public static Fin<Evaluation> Told(this ResultChoices choices, Evaluation found) =>
        from fits in choices.Fit(found.Settings.LowerIsAnomalous)
        from seen in choices.WithImages(found)
        let judged = seen with
        {
            Thresholds = [.. choices.Thresholds.SelectMany(threshold => threshold.Note(seen.Seen).ToSeq())],
        }
        from there in choices.Settings.PixelThreshold is not null && judged.Levels.All(level => level.Level != LevelNumbers.Pixel)
            ? FinFail<Unit>(Error.New("--pixel-threshold has no effect: there are no pixels; --threshold is that of images and rows"))
            : unit
        from all in choices
            .Settings.Asked.Find(asked => judged.Levels.All(level => level.Asked.All(there => there.Name != asked.Name)))
            .Case
            is AskedNumber nowhere
            ? FinFail<Unit>(
                nowhere.NeedsImages
                    ? NoImages($"--metrics {nowhere.Name}", judged)
                    : Error.New($"--metrics {nowhere.Name}: there are no maps with masks, and it is a number of regions")
            )
            : unit
        select judged;

    /// <summary>With how sure each number is, where that was asked for.</summary>
    public static Fin<Evaluation> WithIntervals(
        this ResultChoices choices,
        Evaluation judged,
        Progress progress,
        CancellationToken cancel
    ) =>
        choices.Intervals.Level is null
            ? judged
            : NumberIntervals
                .Of(
                    judged.Seen,
                    judged.Settings,
                    choices.Intervals with
                    {
                        Bands = choices.Report is not null && choices.Intervals.Category is null,
                    },
                    progress,
                    cancel
                )
                .Map(intervals => judged with { Intervals = intervals });

    /// <summary>A state as it is written: images stay in it only where that was asked for.</summary>
    private static EvaluationState Written(EvaluationState state, bool keepsImages) =>
        state is EvaluationState.Exact exact && !keepsImages ? exact with { Kept = None } : state;

    /// <summary>With what is told of images one by one, where that was asked for.</summary>
    private static Fin<Evaluation> WithImages(this ResultChoices choices, Evaluation judged) =>
        choices.NeedsImages is not { } option ? judged
        : judged.Seen is EvaluationState.Exact { Kept.Case: ImageState images }
            ? ImageResults.Of(images, judged.Levels, judged.Settings).Map(told => judged with { Images = told, Worst = choices.Worst })
        : NoImages(option, judged);

    /// <summary>Why there are no images to tell of.</summary>
    private static Error NoImages(string option, Evaluation judged) =>
        Error.New(
            judged.Seen?.HasMaps == true
                ? $"{option} needs each image by itself, and the state holds none of them: evaluate with --keep-images"
                : $"{option} needs maps with masks, and there are none"
        );

    /// <summary>JSON that says of which detector and category it is, where these have names.</summary>
    public static JsonObject Named(this ResultChoices choices, JsonObject json)
    {
        if (choices.Category is { } category)
            json.Insert(0, "category", category);
        if (choices.Detector is { } detector)
            json.Insert(0, "detector", detector);
        return json;
    }
}
