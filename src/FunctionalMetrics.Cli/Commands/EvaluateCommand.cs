using System.CommandLine;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics evaluate</c>: from labelled files to numbers, a table and a report.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Streams streams, CancellationToken cancel)
    {
        var folder = new Argument<string?>("DIR")
        {
            Description = "a folder in the MVTec AD layout: anomaly_maps/<defect>/000.tiff, ground_truth/<defect>/000_mask.png",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("evaluate", "Judge a detector: scores with labels, or anomaly maps with masks.") { folder };
        EvaluateChoices.Options.AddTo(command);
        command.SetAction(parsed =>
        {
            var root = parsed.GetValue(folder);
            var options = EvaluateChoices.Options.Texts(parsed);
            var run = new ToolRun("evaluate", [.. options.Concat(root is null ? [] : [KeyValuePair.Create("dir", (string[])[root])])]);
            var choices = EvaluateChoices.Options.Read(
                parsed,
                new()
                {
                    Input = new() { Folder = root },
                    Results = new() { Run = run },
                }
            );
            if (choices.Results.ListsMetrics)
            {
                MetricNames.Explain(streams.Out);
                return Exit.Done;
            }
            if (choices.DefectsConfig is { } config)
                return streams.End(DefectEvaluation.Run(choices, config, streams, cancel));
            return EvaluateChoices.Options.Unused(parsed, choices) is { } unused
                ? streams.Refuse(unused)
                : streams.End(
                    choices.AreCategories ? CategoryEvaluation.Run(choices, streams, cancel)
                    : choices.DryRun ? Plan.For(choices, choices.Input.IsRawStack).Bind(_ => DryRun.Write(choices.Input, streams, cancel))
                    : choices.Results.Write(
                        streams,
                        choices.Input.Title,
                        progress => Judge(choices, progress, cancel),
                        choices.State,
                        choices.Input.Files,
                        cancel,
                        choices.KeepImages,
                        judged => PictureReading.Read(choices, judged, cancel)
                    )
                );
        });
        return command;
    }

    /// <summary>Reads the files as they have to be read, and judges them.</summary>
    public static Fin<Evaluation> Judge(EvaluateChoices choices, Progress progress, CancellationToken cancel)
    {
        var (input, settings) = (choices.Input, choices.Results.Settings with { LowerIsAnomalous = choices.Input.LowerIsAnomalous });
        // A state remembers it, so that a merged one can say what it pools.
        var category = choices.Results.Category is { } name ? NoteCounts.Of(NoteKind.Category, 1, name) : NoteCounts.Empty;
        return choices.Results.Fit(input.LowerIsAnomalous).Bind(_ => Plan.For(choices, input.IsRawStack)).Bind(Judge).Map(Hinted);

        Evaluation Hinted(Evaluation judged) => judged with { Idle = input.Idle(judged.Notes) };

        Fin<Evaluation> Judge(Plan plan) =>
            plan switch
            {
                Plan.Passes(var bytes) => PassReading.Judge(input, bytes, choices.Results.Report is not null, settings, progress, cancel),
                Plan.OnCluster remote => Seen(ClusterEvaluation.Run(choices, remote, progress, cancel)),
                Plan.InBins(var bits) => Seen(input.Read(bits, progress, cancel)),
                Plan.InMemory(var keepsImages) => Seen(input.Read(null, progress, cancel, keepsImages)),
                _ => Seen(input.Read(null, progress, cancel)),
            };

        Fin<Evaluation> Seen(Fin<EvaluationState> state) =>
            state.Map(seen => Evaluation.Of(seen with { Notes = NoteCounts.Merge(seen.Notes, category) }, settings));
    }
}
