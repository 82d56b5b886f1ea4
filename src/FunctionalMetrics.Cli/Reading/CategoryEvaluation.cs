using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Several categories, each evaluated by itself with the same options; a table of them and their mean.</summary>
internal static class CategoryEvaluation
{
    private const string OfOne = "it tells of the images of one; evaluate each by itself for it";

    /// <summary>What goes with several categories: how each is read, and what is said of all.</summary>
    private static readonly OptionRules Rules = new(
        "several categories",
        [
            "dir",
            .. EvaluateInput.Options.Names,
            .. ClusterChoices.Options.Names,
            .. IntervalChoices.Options.Names,
            .. TableChoices.Options("--table").Names,
            "approximate",
            "max-memory",
            "cluster",
            "verify",
            "dry-run",
            "categories",
            "fpr-limit",
            "default-threshold",
            "threshold",
            "pixel-threshold",
            "metrics",
            "by-folder",
            "json",
            "report",
            "title",
            "detector",
            "require",
            "quiet",
        ],
        new Dictionary<string, string>
        {
            ["state"] = "a state file is of one category; evaluate each with --state and --category",
            ["category"] = "each category has its own name",
            ["images"] = OfOne,
            ["regions"] = OfOne,
            ["worst"] = OfOne,
        }.ToImmutableDictionary(),
        "it is of one category; evaluate each by itself for it"
    );

    public static Fin<Unit> Run(EvaluateChoices choices, Streams streams, CancellationToken cancel)
    {
        var output = new Output(streams, Optional(choices.Results.Json), choices.Results.Quiet);
        return from possible in Rules.Check(choices.Results.Run)
            from ready in output.Check(Outputs(choices).Map(file => file.Path))
            from files in choices.Table.Texts
            from inputs in CategoryInputs.Of(choices.Input)
            from apart in output.Spares(Outputs(choices), inputs.Bind(one => one.Input.Files))
            from categories in toSeq(inputs.AsEnumerable().Select((one, number) => Own(choices, one.Name, one.Input, number))).Sequence()
            from spared in output.Spares(Outputs(choices), categories.Bind(one => one.Choices.Results.ThresholdFiles))
            from done in choices.DryRun ? Listed(inputs, streams, cancel) : Write(choices, output, files, categories, cancel)
            select done;
    }

    /// <summary>The files to be written beside the JSON.</summary>
    internal static Seq<NamedFile> Outputs(EvaluateChoices choices) =>
        choices.Table.Files.ToSeq().Map(path => new NamedFile("--table", path))
        + Optional(choices.Results.Report).ToSeq().Map(path => new NamedFile("--report", path));

    /// <summary>The choices of a category: its files and its thresholds.</summary>
    private static Fin<Category> Own(EvaluateChoices choices, string name, EvaluateInput input, int number) =>
        choices
            .Results.In(name)
            .BiMap(
                results => new Category(
                    name,
                    choices with
                    {
                        Input = input,
                        Results = results with { Intervals = results.Intervals with { Category = number } },
                    }
                ),
                Of(name)
            );

    private static Fin<Unit> Listed(Seq<(string Name, EvaluateInput Input)> inputs, Streams streams, CancellationToken cancel) =>
        inputs
            .Map(category =>
            {
                streams.Say($"category {category.Name}");
                return DryRun.Write(category.Input, streams, cancel);
            })
            .Sequence()
            .Map(_ => unit);

    private static Fin<Unit> Write(
        EvaluateChoices choices,
        Output output,
        Seq<(string Path, Func<CategoryTable, string> Text)> files,
        Seq<Category> categories,
        CancellationToken cancel
    ) =>
        from all in Judge(choices, output.Progress, categories, cancel)
        let intervals = MeanIntervals.Of([.. all.Map(one => (one.Result(""), one.Intervals))])
        from known in CategoryTable.Of([.. all.Map(one => one.Result(choices.Results.Detector ?? ""))], choices.Table.Columns)
        let table = known with
        {
            Intervals = intervals,
        }
        from mean in Mean(all, intervals)
        let json = choices.Results.Named(
            new JsonObject
            {
                ["categories"] = new JsonObject(all.Map(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Json))),
                ["mean"] = mean,
                ["tool"] = choices.Results.Run.ToJson(),
            }
        )
        from broken in Requirement.Broken(choices.Results.Required, json)
        let pages = Optional(choices.Results.Report)
            .ToSeq()
            .Map(path =>
                (
                    Path: path,
                    Output.Content(
                        CategoryReport.Html(
                            table,
                            [.. all.Map(one => one.Part!)],
                            choices.Results.Title ?? $"{choices.Results.Detector ?? "Anomaly detection"} on {all.Count} categories",
                            choices.Results,
                            Notes(all, intervals)
                        )
                    )
                )
            )
        from written in output.Write(
            () => json,
            to =>
            {
                TableText.Write(table, to);
                WriteFolders(all, to);
                foreach (var note in Notes(all, intervals))
                    to.Say(note);
            },
            files.Map(file => (file.Path, Output.Content(file.Text(table)))) + pages,
            cancel
        )
        from held in Requirement.Held(broken)
        select held;

    /// <summary>
    /// All of them, each with its numbers as JSON. A limit of memory is that of the process, and a cluster does one job after the other; else as many
    /// categories are evaluated at a time as there are pairs of processors, since each reads on one and counts on another.
    /// </summary>
    private static Fin<Seq<Judged>> Judge(EvaluateChoices choices, Progress progress, Seq<Category> categories, CancellationToken cancel)
    {
        var atATime = choices.MaxMemory is null && choices.Cluster is null ? Math.Max(1, Environment.ProcessorCount / 2) : 1;
        var results =
            atATime == 1
                ? categories.AsEnumerable().Select(category => One(category, progress))
                : progress.Over(
                    categories
                        .AsParallel()
                        .AsOrdered()
                        .WithDegreeOfParallelism(atATime)
                        .WithMergeOptions(ParallelMergeOptions.NotBuffered)
                        .WithCancellation(cancel)
                        .Select(category => One(category, new(null))),
                    categories.Count,
                    "evaluating categories",
                    _ => 1
                );
        var all = new List<Judged>();
        foreach (var result in results)
        {
            if (result.Case is not Judged judged)
                return result.Map(_ => Seq<Judged>());
            all.Add(judged);
        }
        return toSeq(all);

        Fin<Judged> One(Category category, Progress shown) =>
            EvaluateCommand
                .Judge(category.Choices, shown, cancel)
                .Bind(category.Choices.Results.Told)
                .Bind(judged => category.Choices.Results.WithIntervals(judged, shown, cancel))
                .BiMap(
                    judged => new Judged(
                        category.Name,
                        judged.Levels,
                        judged.Images?.Folders ?? [],
                        judged.Notes,
                        judged.Thresholds,
                        judged.Intervals,
                        judged.ToJson(),
                        choices.Results.Report is null ? null : Told(category.Name, judged)
                    ),
                    Of(category.Name)
                );
    }

    /// <summary>What the report tells of a category: its scores stay in memory for the curves.</summary>
    private static CategoryPart Told(string name, Evaluation judged)
    {
        var folders = judged.Images?.Folders ?? [];
        return judged.Seen is EvaluationState.Exact exact
            ? new(name, new(name, "", ReportLevel.Of(exact with { Kept = None }, judged.Settings)), exact with { Kept = None }, folders)
            {
                Intervals = judged.Intervals,
            }
            : new(name, new(name, "", ReportLevel.Of(judged.Levels)), null, folders);
    }

    /// <summary>Prints a row for each folder of defects, where that was asked for.</summary>
    private static void WriteFolders(Seq<Judged> all, Streams to)
    {
        var rows = all.Bind(one => toSeq(one.Folders).Map(row => (string[])[one.Name, .. ImageResults.Cells(row)]));
        if (!rows.IsEmpty)
            ResultTable.Write(
                to,
                [
                    ["category", .. ImageResults.FolderHeading],
                    .. rows,
                ]
            );
    }

    /// <summary>What was decided of the data of all, and where their thresholds come from.</summary>
    private static IEnumerable<string> Notes(Seq<Judged> all, MeanIntervals? intervals) =>
        NoteCounts
            .Sum(all.Select(one => one.Notes))
            .Notes.Concat(all.SelectMany(one => one.Thresholds))
            .Select(note => note.Text)
            .Distinct()
            .Concat(intervals is null ? [] : intervals.Notes.Append(intervals.Remark));

    /// <summary>An error with the category that it is of.</summary>
    private static Func<Error, Error> Of(string category) => error => Error.New($"category {category}: {error.Message}");

    /// <summary>The means of all rates in the shape of an evaluation, and over how many categories each is taken.</summary>
    private static Fin<JsonObject> Mean(Seq<Judged> all, MeanIntervals? intervals)
    {
        var rates = (
            from one in all
            from level in one.Levels
            from place in level
                .Numbers.Where(number => number.Kind == NumberKind.Rate)
                .Select(number => number.Place)
                .Concat(level.Asked.Select(asked => (Object: "metrics", asked.Name)))
            select (level.Level, place.Object, place.Name)
        ).Distinct();
        return CategoryTable
            .Of(
                [.. all.Map(one => one.Result(""))],
                [.. rates.Select(rate => $"{rate.Level}.{(rate.Object.Length > 0 ? rate.Object + "." : "")}{rate.Name}")]
            )
            .Map(table =>
            {
                var json = new JsonObject { ["categories"] = table.Rows.Length };
                foreach (var (rate, column) in rates.Zip(table.Columns))
                {
                    var level = Inside(json, rate.Level);
                    var (place, name) = (rate.Object.Length > 0 ? Inside(level, rate.Object) : level, rate.Name);
                    var (value, over) = table.Mean(column, 0);
                    place[name] = value.MatchUnsafe(JsonText.Of, () => null);
                    Option<NumberWithInterval> sure = intervals is null ? None : intervals.OfMean(column.Path);
                    sure.Iter(found => place[name + "_interval"] = JsonText.Of(found, intervals!.Level));
                    Inside(place, "over")[name] = over;
                    if (over == 0)
                        place.Because(name, FinFail<double>(Error.New("no category has a value")));
                    sure.Iter(found => place.Because(name + "_interval", found.Interval));
                }
                if (intervals is not null)
                    json["notes"] = JsonText.Of(intervals.OfMeans);
                return json;
            });

        static JsonObject Inside(JsonObject json, string name) => (JsonObject)(json[name] ??= new JsonObject());
    }

    /// <summary>A category with the choices that are its own.</summary>
    private sealed record Category(string Name, EvaluateChoices Choices);

    /// <summary>A category with its numbers.</summary>
    private sealed record Judged(
        string Name,
        ImmutableArray<LevelNumbers> Levels,
        ImmutableArray<FolderRow> Folders,
        NoteCounts Notes,
        ImmutableArray<Note> Thresholds,
        NumberIntervals? Intervals,
        JsonObject Json,
        CategoryPart? Part
    )
    {
        public CategoryResult Result(string detector) => new(Name, detector, Name, Json);
    }
}
