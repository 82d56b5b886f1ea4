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
    )
    {
        var output = new Output(Optional(parsed.GetValue(json)), parsed.GetValue(quiet));
        var page = Optional(parsed.GetValue(report));
        return from ready in output.Check(page.ToSeq() + state.ToSeq())
            from seen in read(output.Progress)
            let settings = new Settings(parsed.GetValue(fprLimit), parsed.GetValue(threshold), seen.LowerIsAnomalous)
            let evaluation = Evaluations.Of(seen, settings)
            let pages = page.Map(path => (path, Output.Content(evaluation.Html(title)))).ToSeq()
            let states = state.Map(path => (path, StateFile.Content(seen))).ToSeq()
            from written in output.Write(evaluation.ToJson, evaluation.WriteTable, pages + states, cancel)
            select evaluation.Hint.Iter(output.Tell);
    }
}
