using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using FunctionalMetrics.Statistics;
using LanguageExt;
using LanguageExt.Common;
using static System.FormattableString;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Reads the detectors that are compared: columns of one table, maps, or state files that keep their images.</summary>
internal static class CompareReading
{
    public static Fin<Compared> Read(CompareChoices choices, Progress progress, CancellationToken cancel) =>
        (choices.Input.Scores, choices.Sources) switch
        {
            ({ }, [_, ..]) => Error.New("give either maps and state files or --scores with --score-columns, not both"),
            ({ }, _) when choices.Input.Masks is not null => Error.New("--masks has no effect on --scores: rows have no masks"),
            ({ } table, _) => ReadTable(choices, table, progress, cancel),
            (null, []) => Error.New(
                "nothing to compare: give two folders of maps or more (with --masks, where they have none of their own), two state files or more, or --scores FILE with --score-columns a,b"
            ),
            _ => ReadImages(choices, progress, cancel),
        };

    private static Fin<Compared> ReadTable(CompareChoices choices, string file, Progress progress, CancellationToken cancel) =>
        from names in Names(choices, [.. choices.ScoreColumns], "--score-columns", "columns")
        from thresholds in Thresholds(choices, [.. names.Select(_ => choices.Input.LowerIsAnomalous)])
        from tables in choices
            .ScoreColumns.ToSeq()
            .Map(column =>
                ScoreFile.TryReadTable(
                    file,
                    column,
                    choices.Input.LabelColumn,
                    choices.Input.PositiveLabels,
                    choices.Input.NormalLabels,
                    choices.IdColumn is { } ids ? [ids] : [],
                    cancel
                )
            )
            .Sequence()
        from rows in PairedRows
            .Create(
                tables.Head.Labels.ToArray(),
                [.. tables.Map(table => table.Scores.Select(score => choices.Input.LowerIsAnomalous ? 0 - score : score).ToArray())]
            )
            .Match(Fin<PairedRows>.Succ, faults => Error.New($"{file}: {faults.Head}"))
        from filled in rows.Count > 0 ? FinSucc(unit) : Error.New($"{file}: has no rows; there is nothing to compare")
        from ids in Ids(file, choices.IdColumn, tables.Head)
        from compared in Comparison.OfRows(
            names,
            rows,
            choices.Rules with
            {
                Thresholds = thresholds,
            },
            ids.IfNoneUnsafe((string[]?)null),
            Drawn(progress, cancel)
        )
        let models = names
            .Select(
                (name, model) =>
                    new ComparedModel(
                        name,
                        RankState.Of(
                            ScoreBatch
                                .Create(rows.Scores(model), rows.Labels)
                                .IfFail(faults => throw new InvalidOperationException($"{faults}"))
                        ),
                        choices.Input.LowerIsAnomalous
                    )
            )
            .ToArray()
        select new Compared(compared with { Notes = [.. compared.Notes, .. Chosen(choices, models), .. Idle(choices, compared)] }, models);

    /// <summary>What each row is called; nothing where there is no column for it.</summary>
    private static Fin<Option<string[]>> Ids(string file, string? column, LabelledTable table)
    {
        if (column is null)
            return Option<string[]>.None;
        string[] ids = [.. table.Columns[column]];
        var seen = new Dictionary<string, int>();
        for (var row = 0; row < ids.Length; row++)
            if (!seen.TryAdd(ids[row], row))
                return Error.New(
                    Invariant(
                        $"{file}: '{ids[row]}' is the {column} of row {seen[ids[row]] + 1} and of row {row + 1}; --id-column needs one that names each row"
                    )
                );
        return Some(ids);
    }

    /// <summary>Where thresholds come from, and whether they were chosen on these very data.</summary>
    private static IEnumerable<string> Chosen(CompareChoices choices, IEnumerable<ComparedModel> models) =>
        choices
            .Thresholds.Zip(models, (threshold, model) => threshold.Note(Some(model.Scores)).Map(note => note.Text))
            .SelectMany(note => note.ToSeq());

    /// <summary>What was given for draws, and there were none.</summary>
    private static IEnumerable<string> Idle(CompareChoices choices, Comparison result)
    {
        string[] given = [.. choices.Run.Options.Select(option => option.Key).Where(name => name is "seed" or "replicates")];
        return given.Length == 0 || choices.Rules.Replicates == 0 || result.Pairs.Any(pair => pair.Method == ComparedPair.BootstrapMethod)
            ? []
            : [$"{string.Join(" and ", given.Select(name => $"--{name}"))} had no effect: nothing was drawn again."];
    }

    private static Fin<Compared> ReadImages(CompareChoices choices, Progress progress, CancellationToken cancel) =>
        ReadImages(choices, (images, rules) => Comparison.OfImages(images, rules, Drawn(progress, cancel)), progress, cancel)
            .Map(read => new Compared(read.Result with { Notes = [.. read.Result.Notes, .. read.Notes] }, read.Models));

    /// <summary>Reads the images of all detectors and compares them: what came of it, what must be said of the data, and the detectors.</summary>
    public static Fin<(T Result, ImmutableArray<string> Notes, IReadOnlyList<ComparedModel> Models)> ReadImages<T>(
        CompareChoices choices,
        Func<IReadOnlyList<(string Name, ImageState Images)>, ComparisonRules, Fin<T>> compare,
        Progress progress,
        CancellationToken cancel
    ) =>
        from names in OfSources(choices)
        from models in choices.Sources.ToSeq().Map(source => ReadImages(choices, source, progress, cancel)).Sequence()
        from thresholds in Thresholds(choices, [.. models.Map(model => model.LowerIsAnomalous)])
        from filled in models.Head.Images.Count > 0
            ? FinSucc(unit)
            : Error.New($"{choices.Sources[0]}: has no images; there is nothing to compare")
        let images = names.Zip(models, (name, model) => (name, model.Images)).ToArray()
        let rules = choices.Rules with
        {
            Thresholds = thresholds,
        }
        from compared in compare(images, rules)
        let read = names
            .Select(
                (name, at) =>
                    new ComparedModel(name, models[at].Images.Scores, models[at].LowerIsAnomalous)
                    {
                        Images = models[at].Images,
                        Maps = CompareChoices.AreMaps(choices.Sources[at]) ? choices.InputOf(choices.Sources[at]) : null,
                    }
            )
            .ToArray()
        select (
            compared,
            Chosen(choices, read).Concat(Directions(names, [.. models])).Concat(Decided(names, [.. models])).ToImmutableArray(),
            (IReadOnlyList<ComparedModel>)read
        );

    /// <summary>Shows how far the draws of a detector are, and ends them where the user does.</summary>
    public static Func<IEnumerable<ReplicatePart>, int, IEnumerable<ReplicatePart>> Drawn(Progress progress, CancellationToken cancel) =>
        (parts, total) =>
            progress.Over(
                parts.Select(part =>
                {
                    cancel.ThrowIfCancellationRequested();
                    return part;
                }),
                total,
                "drawing images again",
                part => part.Count
            );

    /// <summary>What a detector is called that is given no name.</summary>
    private static string Usual(string source) =>
        CompareChoices.AreMaps(source) ? DataName.Of(source) : CategoryInputs.Unnamed(Path.GetFileNameWithoutExtension(source));

    private static Fin<Model> ReadImages(CompareChoices choices, string source, Progress progress, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return CompareChoices.AreMaps(source)
            ? choices
                .InputOf(source)
                .Read(null, progress, cancel, keepsImages: true)
                .Bind(state =>
                    Kept(state, $"{source}: has no masks, without which images are not compared; --masks names those that all share")
                )
            : StateFile
                .TryRead(source)
                .Bind(state =>
                    Kept(
                        state,
                        $"{source}: keeps no images, which are compared one by one; 'fmetrics evaluate ... --state FILE --keep-images' keeps them"
                    )
                );
    }

    private static Fin<Model> Kept(EvaluationState state, string otherwise) =>
        state is EvaluationState.Exact { Kept.Case: ImageState images }
            ? new Model(images, state.LowerIsAnomalous, state.Notes)
            : Error.New(otherwise);

    /// <summary>Each detector is judged by its own scores, so that one whose low scores are anomalous can stand beside another; which that is, is said.</summary>
    private static IEnumerable<string> Directions(string[] names, Model[] models)
    {
        string[] low = [.. names.Where((_, i) => models[i].LowerIsAnomalous)];
        return low.Length > 0 && low.Length < names.Length
            ? [$"Low scores are the anomalous ones of {string.Join(" and ", low)}, and high scores those of the others."]
            : [];
    }

    /// <summary>What was decided when maps were read: once where it is the same of all, else with the detector that it is of.</summary>
    private static IEnumerable<string> Decided(string[] names, Model[] models) =>
        models
            .SelectMany((model, i) => model.Notes.Notes.Select(note => (Name: names[i], note.Text)))
            .GroupBy(note => note.Text)
            .SelectMany(same =>
                same.Count() == names.Length ? (IEnumerable<string>)[same.Key] : same.Select(note => $"{note.Name}: {note.Text}")
            );

    /// <summary>The names of the detectors that are named by files.</summary>
    public static Fin<string[]> OfSources(CompareChoices choices) =>
        Names(choices, [.. choices.Sources.Select(Usual)], "FILES", "detectors");

    /// <summary>A name for each detector, no two alike.</summary>
    private static Fin<string[]> Names(CompareChoices choices, string[] usual, string option, string what)
    {
        string[] names = choices.Names.IsEmpty ? usual : [.. choices.Names];
        return usual.Length < 2 ? Error.New($"{option} names {usual.Length} of the detectors; two {what} at least are compared")
            : names.Length != usual.Length
                ? Error.New(Invariant($"--name is given {names.Length} times for {usual.Length} {what}; each needs one"))
            : names.Any(string.IsNullOrWhiteSpace) ? Error.New("--name '' is no name; each detector needs one that can be read")
            : names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice
                ? Error.New($"two detectors are called '{twice}'; give each a --name of its own")
            : names;
    }

    /// <summary>The thresholds on scores of which the high ones are anomalous.</summary>
    private static Fin<ImmutableArray<double>> Thresholds(CompareChoices choices, ImmutableArray<bool> lower) =>
        choices.Thresholds.Length > 0 && choices.Thresholds.Length != lower.Length
            ? Error.New(
                Invariant($"--threshold is given {choices.Thresholds.Length} times for {lower.Length} detectors; each needs its own")
            )
            : choices
                .Thresholds.Zip(lower, (threshold, low) => threshold.Fits(low).Map(_ => low ? 0 - threshold.Value : threshold.Value))
                .ToSeq()
                .Sequence()
                .Map(values => values.ToImmutableArray());

    /// <summary>The images of a detector.</summary>
    /// <param name="Images">Its images, of which high scores are the anomalous ones.</param>
    /// <param name="LowerIsAnomalous">Whether low ones were, in the user's own scores.</param>
    /// <param name="Notes">What was decided when they were read.</param>
    private sealed record Model(ImageState Images, bool LowerIsAnomalous, NoteCounts Notes);
}
