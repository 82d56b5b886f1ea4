namespace FunctionalMetrics.Orleans;

/// <summary>
/// Hears of what a silo cannot survive, such as that the others have declared it dead. Orleans would end the whole process on the spot, with
/// pages of text; here the owner of the silo is told, who ends it.
/// </summary>
internal sealed class FatalErrorHandler : IFatalErrorHandler
{
    private readonly TaskCompletionSource<ClusterError> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the silo has to end, with the reason.</summary>
    public Task<ClusterError> Ended => ended.Task;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception) =>
        ended.TrySetResult(
            new ClusterError(
                "the other silos of the cluster take this one for dead: " + TransientErrors.Short(context ?? $"{exception?.Message}")
            )
        );
}
