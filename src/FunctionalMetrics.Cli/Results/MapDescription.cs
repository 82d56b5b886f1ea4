using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Range and log-moments of maps, the latter for each pixel position.</summary>
internal sealed record MapDescription(long Count, ExtremaState Extrema, LogMomentState Logs) : IDescription
{
    public static MapDescription Empty { get; } = new(0, ExtremaState.Empty, LogMomentState.Empty);

    public MapDescription Add(Maps maps) =>
        new(
            Count + maps.Shape.Count,
            ExtremaState.Merge(Extrema, ExtremaState.Of(maps.Pixels)),
            LogMomentState.Merge(Logs, LogMomentState.Of(maps))
        );

    private Fin<MinMaxResult> Range => MinMax.Metric.Compute(Extrema);

    private Fin<(int Height, int Width)> Shape =>
        Logs.Maps.Count switch
        {
            0 => new Undefined("map size", Missing.Score, 0),
            1 => Logs.Maps.Keys.First(),
            _ => new SeveralShapes("map size", toArray(Logs.Maps.Keys)),
        };

    private Fin<Core.MapLogMoments> Moments =>
        AnomalyScoreDistribution.OfMaps.Compute(Logs).Bind(result => result.Maps.ToFin(new Undefined("log mean", Missing.Score, 0)));

    private Fin<ImmutableArray<double>> Deviations =>
        Moments.Bind(moments =>
            moments.StandardDeviation.ToFin(Error.New("the standard deviation is undefined: it needs 2 maps or more (maps seen: 1)"))
        );

    public JsonObject ToJson()
    {
        var maps = new JsonObject { ["n"] = Count };
        maps["height"] = Shape.Match(shape => (JsonNode?)shape.Height, _ => null);
        maps["width"] = Shape.Match(shape => (JsonNode?)shape.Width, _ => null);
        return new()
        {
            ["maps"] = maps.With("min", Range.Map(range => range.Min))
                .With("max", Range.Map(range => range.Max))
                .Because("height", Shape)
                .Because("width", Shape)
                .Because("log_mean", Moments)
                .Because("log_std", Deviations),
        };
    }

    public Seq<(string Name, Fin<string> Value)> Numbers =>
        Seq<(string, Fin<string>)>(
            ("maps", Readable.Count(Count)),
            ("height x width", Shape.Map(shape => FormattableString.Invariant($"{shape.Height} x {shape.Width}"))),
            ("smallest", Range.Map(range => Readable.Exact(range.Min))),
            ("largest", Range.Map(range => Readable.Exact(range.Max))),
            ("mean of ln(score), over positions", Moments.Map(moments => Between(moments.Mean))),
            ("standard deviation of ln(score), over positions", Deviations.Map(Between))
        );

    public Fin<Seq<(string Name, Action<Stream> Content)>> Arrays =>
        Moments.Map(moments =>
            Seq1(Array("log_mean.npy", moments.Mean, moments))
            + moments.StandardDeviation.Map(deviation => Array("log_std.npy", deviation, moments)).ToSeq()
        );

    private static (string, Action<Stream>) Array(string name, ImmutableArray<double> values, Core.MapLogMoments moments) =>
        (name, stream => NpyFile.Write(stream, values.AsSpan(), moments.Height, moments.Width));

    private static string Between(ImmutableArray<double> values) => FormattableString.Invariant($"{values.Min():G6} .. {values.Max():G6}");
}
