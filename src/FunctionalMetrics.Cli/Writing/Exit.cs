namespace FunctionalMetrics.Cli;

/// <summary>Exit codes.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int Refused = 2;

    /// <summary>The result was written, and something that was required of it does not hold.</summary>
    public const int Unmet = 3;
    public const int Interrupted = 130;
}
