namespace FunctionalMetrics.IO;

/// <summary>What has to be taken back when something fails, newest first, and what has to be cleared away when nothing did.</summary>
internal sealed class Rollback
{
    private readonly Stack<(Action OnFailure, Action OnSuccess)> steps = [];

    public void Add(Action onFailure, Action? onSuccess = null) => steps.Push((onFailure, onSuccess ?? (() => { })));

    /// <summary>Takes all back.</summary>
    /// <returns>What could not be, as a part of a sentence; empty when all was.</returns>
    public string TakeBack() => Run(step => step.OnFailure);

    /// <summary>Clears away what was kept to take back.</summary>
    /// <returns>What could not be, as a part of a sentence; empty when all was.</returns>
    public string Finish() => Run(step => step.OnSuccess);

    // one step that fails (its disk is gone, say) must not keep the others from being run
    private string Run(Func<(Action OnFailure, Action OnSuccess), Action> choose)
    {
        var problems = "";
        foreach (var step in steps)
            try
            {
                choose(step)();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems += $"; {Reading.OneLine(e.Message)}";
            }
        return problems;
    }
}
