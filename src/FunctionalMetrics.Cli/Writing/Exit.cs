namespace FunctionalMetrics.Cli;

/// <summary>Exit codes.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int Refused = 2;
    public const int Interrupted = 130;
}
