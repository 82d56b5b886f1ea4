namespace FunctionalMetrics.Benchmarks;

/// <summary>What a number is compared with: a peer's own in the same unit, or why there is none.</summary>
internal readonly record struct Peer(string Name, Spread? Value, string Note = "")
{
    public static Peer Missing(string name) => new(name, null);

    /// <summary>The peer's number, and how many times ours it is.</summary>
    public string Against(double ours) =>
        Value is { } value
            ? FormattableString.Invariant($"{Name} {Spread.Number(value.Median)} ({Spread.Number(value.Median / ours)}x){Note}")
            : $"{Name}: not there";
}

/// <summary>One line of the table: what was measured, what is asked of it, and what peers need for the same.</summary>
internal sealed record Line(string What, string Asked, string Aim, Spread Measured, string Unit)
{
    public IReadOnlyList<Peer> Peers { get; init; } = [];

    /// <summary>What a reader must know to read the number right.</summary>
    public string Note { get; init; } = "";

    public static string Header => "| what | asked | aim | measured: median (least to most) | in the same run |\n|---|---|---|---|---|";

    public override string ToString() =>
        $"| {What} | {Asked} | {Aim} | {Measured} {Unit} | "
        + string.Join("; ", Peers.Select(peer => peer.Against(Measured.Median)).Concat(Note == "" ? [] : [Note]))
        + " |";
}
