using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.Orleans;
using LanguageExt;
using LanguageExt.Common;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Campaigns;

/// <summary>The decoders of bytes: every family of states, and what silos and clients send each other.</summary>
internal static class ByteReaders
{
    private static readonly Serializer Wire = new ServiceCollection()
        .AddSerializer()
        .BuildServiceProvider()
        .GetRequiredService<Serializer>();

    public static ImmutableArray<FuzzReader> All { get; } =
    [
        new(
            "states",
            null,
            [.. FileReaders.Below("version1").Select(File.ReadAllBytes)],
            [.. States.All.Where(kind => kind.Family is not null).Select(kind => (Func<string, byte[], Fin<Unit>>)Decoder((dynamic)kind))]
        ),
        new(
            "portions",
            null,
            [.. Portions().Select(portion => Wire.SerializeToArray(portion))],
            [Message<PortionBytes>(portion => Portion.Decode(portion).Map(_ => unit))]
        ),
        new(
            "thresholds",
            null,
            [.. Portions().Select(portion => Wire.SerializeToArray(new ThresholdBytes(Rows(portion.State), Rows(portion.State))))],
            [
                Message<ThresholdBytes>(at =>
                    Thresholds.Decode(at).Match(_ => FinSucc(unit), faults => FinFail<Unit>(Error.New(faults.Head.Message)))
                ),
            ]
        ),
        new(
            "plans",
            null,
            [Wire.SerializeToArray(new JobPlan([new("a", "b"), new("c", null)], JobKind.Bounded, [0.5, 1], 12))],
            [Message<JobPlan>(_ => unit)]
        ),
    ];

    /// <summary>Bytes are refused, or are exactly what an encoder writes.</summary>
    private static Func<string, byte[], Fin<Unit>> Decoder<TBatch, TState>(Core.State<TBatch, TState> kind)
        where TState : notnull =>
        (_, bytes) =>
            kind.Codec!.Decode(bytes)
                .Match(
                    state =>
                        kind.Codec.Encode(state).AsSpan().SequenceEqual(bytes)
                            ? FinSucc(unit)
                            : throw new InvalidOperationException("read, but not written so"),
                    faults => FinFail<Unit>(Error.New(faults.Head.Message))
                );

    /// <summary>A message that Orleans does not take for one ends its connection, whatever the exception; what it does take must be a value or a refusal.</summary>
    private static Func<string, byte[], Fin<Unit>> Message<T>(Func<T, Fin<Unit>> read) =>
        (_, bytes) =>
        {
            T? message;
            try
            {
                message = Wire.Deserialize<T>(bytes);
            }
            catch (Exception refusal) when (refusal is not OutOfMemoryException)
            {
                return FinFail<Unit>(Error.New(refusal.Message));
            }
            return message is null ? unit : read(message);
        };

    private static IEnumerable<PortionBytes> Portions() =>
        FileReaders.Below("states").Select(path => new PortionBytes([0, 3], [1, ulong.MaxValue], File.ReadAllBytes(path), 7));

    private static byte[] Rows(byte[] state) =>
        EvaluationState
            .Codec.Decode(state)
            .Match(decoded => decoded is EvaluationState.Exact exact ? RankState.Codec.Encode(exact.Images) : state, _ => state);
}
