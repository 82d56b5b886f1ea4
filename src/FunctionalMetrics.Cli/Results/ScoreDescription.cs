using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Range and log-moments of scores.</summary>
internal sealed record ScoreDescription(long Count, Fin<MinMaxResult> Range, Fin<Core.LogMoments> Logs) : IDescription
{
    public static ScoreDescription Of(Scores scores) =>
        new(
            scores.Count,
            MinMax.Metric.Run([scores]),
            AnomalyScoreDistribution
                .Metric.Run([scores])
                .Bind(result => result.Scores.ToFin(new Undefined("log mean", Missing.Score, scores.Count)))
        );

    private Fin<double> Deviation =>
        Logs.Bind(logs =>
            logs.StandardDeviation.ToFin(Error.New("the standard deviation is undefined: it needs 2 scores or more (rows seen: 1)"))
        );

    public JsonObject ToJson() =>
        new()
        {
            ["scores"] = new JsonObject { ["n"] = Count }
                .With("min", Range.Map(range => range.Min))
                .With("max", Range.Map(range => range.Max))
                .With("log_mean", Logs.Map(logs => logs.Mean))
                .With("log_std", Deviation),
        };

    public Seq<(string Name, Fin<string> Value)> Numbers =>
        Seq<(string, Fin<string>)>(
            ("scores", Readable.Count(Count)),
            ("smallest", Range.Map(range => Readable.Exact(range.Min))),
            ("largest", Range.Map(range => Readable.Exact(range.Max))),
            ("mean of ln(score)", Logs.Map(logs => Readable.Exact(logs.Mean))),
            ("standard deviation of ln(score)", Deviation.Map(value => Readable.Exact(value)))
        );

    public Fin<Seq<(string Name, Action<Stream> Content)>> Arrays => Seq<(string, Action<Stream>)>();
}
