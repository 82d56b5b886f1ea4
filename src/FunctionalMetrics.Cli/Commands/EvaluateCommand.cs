using System.CommandLine;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics evaluate</c>: from labelled files to numbers, a table and a report.</summary>
internal static class EvaluateCommand
{
    public static Command Create(CancellationToken cancel)
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
                MetricNames.Explain();
                return Exit.Done;
            }
            return EvaluateChoices.Options.Unused(parsed, choices) is { } unused
                ? Exit.Refuse(unused)
                : Exit.Of(
                    Plan.For(choices, choices.Input.IsRawStack)
                        .Bind(plan => choices.DryRun ? DryRun.Write(choices.Input, cancel) : Run(choices, plan, cancel))
                );
        });
        return command;
    }

    private static Fin<Unit> Run(EvaluateChoices choices, Plan plan, CancellationToken cancel)
    {
        var (input, settings) = (choices.Input, choices.Results.Settings with { LowerIsAnomalous = choices.Input.LowerIsAnomalous });
        return choices.Results.Write(input.Title, progress => Judge(progress).Map(Hinted), choices.State, cancel);

        Evaluation Hinted(Evaluation judged) =>
            input.IgnoreValue is { } value && judged.Notes[NoteKind.IgnoredPixel] == 0
                ? judged with
                {
                    Idle = FormattableString.Invariant($"hint: no mask pixel is {value}: --ignore-value left nothing out"),
                }
                : judged;

        Fin<Evaluation> Judge(Progress progress) =>
            plan switch
            {
                Plan.Passes(var bytes) => PassReading.Judge(input, bytes, choices.Results.Report is not null, settings, progress, cancel),
                Plan.OnCluster remote => Seen(ClusterEvaluation.Run(choices, remote, progress, cancel)),
                Plan.InBins(var bits) => Seen(input.Read(bits, progress, cancel)),
                _ => Seen(input.Read(null, progress, cancel)),
            };

        Fin<Evaluation> Seen(Fin<EvaluationState> state) => state.Map(seen => Evaluation.Of(seen, settings));
    }
}
