using System.CommandLine;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>How an evaluation is judged and where its numbers go: what <c>evaluate</c> and <c>show</c> have in common.</summary>
internal sealed class ResultOptions
{
    private readonly System.CommandLine.Option<double> fprLimit = Arguments.Number(
        "--fpr-limit",
        "AUPRO integrates up to this false positive rate",
        Aupro.DefaultLimit,
        x => x is > 0 and <= 1,
        "a number above 0 and at most 1"
    );

    private readonly System.CommandLine.Option<double> threshold = Arguments.Number(
        "--default-threshold",
        "the threshold when no row is anomalous",
        AdaptiveThreshold.DefaultValue,
        double.IsFinite,
        "a finite number"
    );

    private readonly System.CommandLine.Option<string?> json = Arguments.Text(
        "--json",
        "write the numbers as JSON to a file, or - for standard output",
        "FILE|-"
    );

    private readonly System.CommandLine.Option<string?> report = Arguments.Text(
        "--report",
        "write a self-contained HTML report with the curves",
        "FILE"
    );

    private readonly System.CommandLine.Option<bool> quiet = Arguments.Flag(
        "--quiet",
        "print nothing but errors (and the JSON of --json -)"
    );

    public IEnumerable<System.CommandLine.Option> Judging => [fprLimit, threshold];

    public IEnumerable<System.CommandLine.Option> Writing => [json, report, quiet];

    /// <summary>The threshold when no row is anomalous, in the user's own scores.</summary>
    public double DefaultThreshold(ParseResult parsed) => parsed.GetValue(threshold);

    /// <summary>Whether the curves are to be drawn, which needs each score.</summary>
    public bool Draws(ParseResult parsed) => parsed.GetValue(report) is not null;

    /// <summary>
    /// Reads an evaluation and writes its numbers. Targets that could not be written are refused before anything is read, and files are
    /// written all or none.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="title">The data's name in the report.</param>
    /// <param name="read">Gives the evaluation.</param>
    /// <param name="state">Where to write the evaluation itself.</param>
    /// <param name="cancel">Looked at before anything is written.</param>
    public Fin<Unit> Run(
        ParseResult parsed,
        string title,
        Func<Progress, Fin<IEvaluationState>> read,
        LanguageExt.Option<string> state,
        CancellationToken cancel
    ) =>
        Run(
            parsed,
            title,
            progress =>
                read(progress)
                    .Map(seen =>
                        (
                            Evaluations.Of(seen, Settings(parsed, seen.LowerIsAnomalous)),
                            state.Map(path => (path, StateFile.Content(seen))).ToSeq()
                        )
                    ),
            state.ToSeq(),
            cancel
        );

    /// <summary>The same of an evaluation that is judged while it is read, and leaves no state.</summary>
    public Fin<Unit> Run(ParseResult parsed, string title, Func<Progress, Fin<IEvaluation>> judge, CancellationToken cancel) =>
        Run(
            parsed,
            title,
            progress => judge(progress).Map(evaluation => (evaluation, Seq<(string path, Action<Stream>)>())),
            default,
            cancel
        );

    /// <summary>What the user chose, for scores of which low ones are anomalous or high ones.</summary>
    public Settings Settings(ParseResult parsed, bool lowerIsAnomalous) =>
        new(parsed.GetValue(fprLimit), parsed.GetValue(threshold), lowerIsAnomalous);

    private Fin<Unit> Run(
        ParseResult parsed,
        string title,
        Func<Progress, Fin<(IEvaluation Evaluation, Seq<(string path, Action<Stream>)> States)>> judge,
        Seq<string> states,
        CancellationToken cancel
    )
    {
        var output = new Output(Optional(parsed.GetValue(json)), parsed.GetValue(quiet));
        var page = Optional(parsed.GetValue(report));
        return from ready in output.Check(page.ToSeq() + states)
            from judged in judge(output.Progress)
            let pages = page.Map(path => (path, Output.Content(judged.Evaluation.Html(title)))).ToSeq()
            from written in output.Write(judged.Evaluation.ToJson, judged.Evaluation.WriteTable, pages + judged.States, cancel)
            select judged.Evaluation.Hint.Iter(output.Tell);
    }
}
