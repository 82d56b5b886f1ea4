namespace FunctionalMetrics.Campaigns;

/// <summary>What a campaign did: from which seed, how much, and what it found.</summary>
/// <param name="Campaign">Its name.</param>
/// <param name="Seed">The first seed; the next executions have the next ones.</param>
/// <param name="Executions">How many executions there were.</param>
/// <param name="Floor">How many there must be at least.</param>
/// <param name="Finds">What it found, a sentence each.</param>
internal sealed record Tally(string Campaign, int Seed, long Executions, long Floor, IReadOnlyList<string> Finds)
{
    private const int Shown = 20;
    private const int Longest = 1000;

    /// <summary>Whether nothing was found, and enough was done to say so.</summary>
    public bool IsGood => Finds.Count == 0 && Executions >= Floor;

    /// <summary>Prints a line, and a line for each of the first finds.</summary>
    public Tally Print(TextWriter output)
    {
        output.WriteLine(
            FormattableString.Invariant(
                $"{Campaign}: seed {Seed}, {Executions:N0} executions (at least {Floor:N0}), {Finds.Count} finds{(Executions < Floor ? "; TOO FEW EXECUTIONS" : "")}"
            )
        );
        foreach (var find in Finds.Take(Shown))
            output.WriteLine($"  {(find.Length > Longest ? find[..Longest] + "..." : find).ReplaceLineEndings(" ")}");
        output.Flush();
        return this;
    }
}

/// <summary>How long a campaign runs: so many executions, or so many seconds and at least so many executions.</summary>
/// <param name="Seed">The first seed.</param>
/// <param name="Count">So many executions at least.</param>
/// <param name="Seconds">And as many more as there is time for.</param>
internal sealed record Effort(int Seed, long Count, double Seconds = 0)
{
    /// <summary>Runs executions by their seed until there are enough.</summary>
    /// <param name="campaign">The campaign's name.</param>
    /// <param name="execute">An execution: what it found, or nothing.</param>
    public Tally Run(string campaign, Func<int, string?> execute)
    {
        var (clock, executions, finds) = (System.Diagnostics.Stopwatch.StartNew(), 0L, new List<string>());
        for (; executions < Count || clock.Elapsed.TotalSeconds < Seconds; executions++)
            if (execute(unchecked(Seed + (int)executions)) is { } find)
                finds.Add(find);
        return new(campaign, Seed, executions, Count, finds);
    }
}
