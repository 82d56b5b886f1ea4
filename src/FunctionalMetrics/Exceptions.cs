using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>Values do not make a batch. The message is that of the core's faults, one to a line.</summary>
public sealed class InvalidBatchException : ArgumentException
{
    /// <summary>An exception for faults that were found.</summary>
    public InvalidBatchException(ImmutableArray<Fault> faults)
        : base(string.Join('\n', faults.Select(fault => fault.Message))) => Faults = faults;

    /// <summary>What was wrong, and where: one fault for each field and kind.</summary>
    public ImmutableArray<Fault> Faults { get; }
}

/// <summary>Bytes are not a state of the metric that they were given to. The message is that of the core's faults, one to a line.</summary>
public sealed class InvalidStateException : FormatException
{
    /// <summary>An exception for faults that were found.</summary>
    public InvalidStateException(ImmutableArray<Fault> faults)
        : base(string.Join('\n', faults.Select(fault => fault.Message))) => Faults = faults;

    /// <summary>What was wrong, and where.</summary>
    public ImmutableArray<Fault> Faults { get; }
}

/// <summary>A metric has no value for its data or its parameters. The message is the core's reason.</summary>
public sealed class UndefinedMetricException : InvalidOperationException
{
    /// <summary>An exception for an error of the core.</summary>
    public UndefinedMetricException(MetricError error)
        : base(error.Reason) => Error = error;

    /// <summary>Why: the core's error, to be matched by its type.</summary>
    public MetricError Error { get; }
}
