using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>Values do not make a batch. The message is that of the core's faults, one to a line.</summary>
/// <param name="faults">What was found.</param>
public sealed class InvalidBatchException(ImmutableArray<Fault> faults)
    : ArgumentException(string.Join('\n', faults.Select(fault => fault.Message)))
{
    /// <summary>What was wrong, and where: one fault for each field and kind.</summary>
    public ImmutableArray<Fault> Faults { get; } = faults;
}

/// <summary>Bytes are not a state of the metric that they were given to. The message is that of the core's faults, one to a line.</summary>
/// <param name="faults">What was found.</param>
public sealed class InvalidStateException(ImmutableArray<Fault> faults)
    : FormatException(string.Join('\n', faults.Select(fault => fault.Message)))
{
    /// <summary>What was wrong, and where.</summary>
    public ImmutableArray<Fault> Faults { get; } = faults;
}

/// <summary>A metric has no value for its data or its parameters. The message is the core's reason.</summary>
/// <param name="error">Why.</param>
public sealed class UndefinedMetricException(MetricError error) : InvalidOperationException(error.Reason)
{
    /// <summary>Why: the core's error, to be matched by its type.</summary>
    public MetricError Error { get; } = error;
}
