namespace FunctionalMetrics.Core;

/// <summary>Rows, of which one is left out at a time.</summary>
internal interface ILeftOutRows
{
    /// <summary>What is found without the rows of each place, given what is found in a part of a sweep and in two parts.</summary>
    TSum[] Each<TSum>(TSum nothing, Func<ThresholdSweep, TSum> of, Func<TSum, TSum, TSum> merge);
}

/// <summary>What a reduction finds without the rows of each place.</summary>
internal interface ILeftOut;

/// <inheritdoc cref="ILeftOut"/>
internal sealed record LeftOut<TSum>(TSum[] Each) : ILeftOut;
