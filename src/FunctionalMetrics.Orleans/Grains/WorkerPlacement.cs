using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace FunctionalMetrics.Orleans;

/// <summary>Workers go round the active silos in the order of their index, so that each silo has as many as any other.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking]
[Alias("FunctionalMetrics.WorkerPlacement")]
internal sealed class WorkerPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class WorkerPlacementAttribute() : PlacementAttribute(new WorkerPlacement());

/// <inheritdoc cref="WorkerPlacement"/>
internal sealed class WorkerPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = [.. context.GetCompatibleSilos(target).Order()];
        var index = target.GrainIdentity.TryGetIntegerKey(out var key, out _) ? key : 0;
        return Task.FromResult(silos[index % silos.Length]);
    }
}
