using System.Collections.Immutable;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// Which worker holds which shard, which reads which, and which shards nobody has: a value, and what may happen to it. A shard is answered
/// for by the first worker that finished it; one that runs much longer than others is given to a second worker as well, and whoever is first
/// counts. Times are seconds on any clock. Immutable.
/// </summary>
internal sealed record Schedule
{
    /// <summary>A shard that has run this many times the mean is given to another worker too.</summary>
    public const double Straggling = 3;

    private const int NoWorker = -1;

    private Schedule() { }

    /// <summary>The worker that answers for each shard, -1 where there is none.</summary>
    public required ImmutableArray<int> Holders { get; init; }

    /// <summary>Shards that can be read and that nobody holds or reads.</summary>
    private ImmutableSortedSet<int> Waiting { get; init; } = [];

    /// <summary>Who reads a shard that nobody holds yet, and since when.</summary>
    private ImmutableDictionary<int, ImmutableList<(int Worker, double Since)>> Running { get; init; } =
        ImmutableDictionary<int, ImmutableList<(int, double)>>.Empty;

    /// <summary>Shards in the order in which they were first given out; those that are no longer read by one worker alone are passed over.</summary>
    private ImmutableQueue<(int Shard, double Since)> Started { get; init; } = [];

    /// <summary>The workers that cannot read a shard.</summary>
    private ImmutableDictionary<int, ImmutableHashSet<int>> Refused { get; init; } = ImmutableDictionary<int, ImmutableHashSet<int>>.Empty;

    private (int Count, double Seconds) Finished { get; init; }

    /// <summary>How many shards are held.</summary>
    public int Held { get; private init; }

    public bool IsComplete => Held == Holders.Length;

    /// <summary>The shards that nobody holds.</summary>
    public IEnumerable<int> Missing => Enumerable.Range(0, Holders.Length).Where(shard => Holders[shard] == NoWorker);

    /// <summary>All shards unread; only those given can be read yet.</summary>
    public static Schedule Of(int shards, IEnumerable<int> ready) =>
        new() { Holders = [.. Enumerable.Repeat(NoWorker, shards)], Waiting = [.. ready] };

    /// <summary>A shard can be read from now on.</summary>
    public Schedule Ready(int shard) =>
        Holders[shard] == NoWorker && !Running.ContainsKey(shard) ? this with { Waiting = Waiting.Add(shard) } : this;

    /// <summary>A shard cannot be read after all, until it is ready again.</summary>
    public Schedule Unready(int shard) => this with { Waiting = Waiting.Remove(shard), Running = Running.Remove(shard) };

    /// <summary>What the worker is to read next: a shard that waits, or else one that straggles elsewhere.</summary>
    public (Schedule Next, Option<int> Shard) Start(int worker, double now, bool takesStragglers = true)
    {
        if (Next(worker).Case is int first)
        {
            var started = this with { Waiting = Waiting.Remove(first), Started = Started.Enqueue((first, now)) };
            return (started.Run(first, worker, now), first);
        }
        if (!takesStragglers || Finished.Count == 0)
            return (this, None);
        var late = now - Straggling * Finished.Seconds / Finished.Count;
        for (var oldest = Started; !oldest.IsEmpty; oldest = oldest.Dequeue())
        {
            var (shard, since) = oldest.Peek();
            if (!Running.TryGetValue(shard, out var runs) || runs is not [var only] || only.Since != since)
                continue;
            return only.Worker == worker || since >= late || Refuses(worker, shard)
                ? (this with { Started = oldest }, None)
                : ((this with { Started = oldest.Dequeue() }).Run(shard, worker, now), shard);
        }
        return (this with { Started = [] }, None);
    }

    /// <summary>The worker holds the shard.</summary>
    public Schedule Finish(int worker, int shard, double now) =>
        Holders[shard] != NoWorker
            ? this
            : this with
            {
                Holders = Holders.SetItem(shard, worker),
                Held = Held + 1,
                Running = Running.Remove(shard),
                Waiting = Waiting.Remove(shard),
                Finished =
                    Running.GetValueOrDefault(shard, []).Find(run => run.Worker == worker) is var (known, since) && known == worker
                        ? (Finished.Count + 1, Finished.Seconds + now - since)
                        : Finished,
            };

    /// <summary>The worker gave no answer about a shard that it was to read.</summary>
    public Schedule Fail(int worker, int shard)
    {
        if (Holders[shard] != NoWorker || !Running.TryGetValue(shard, out var runs))
            return this;
        var others = runs.RemoveAll(run => run.Worker == worker);
        return others.IsEmpty
            ? this with
            {
                Running = Running.Remove(shard),
                Waiting = Waiting.Add(shard),
            }
            : this with
            {
                Running = Running.SetItem(shard, others),
            };
    }

    /// <summary>The worker cannot read the shard, which others may.</summary>
    public Schedule Refuse(int worker, int shard) =>
        Fail(worker, shard) with
        {
            Refused = Refused.SetItem(shard, Refused.GetValueOrDefault(shard, []).Add(worker)),
        };

    /// <summary>How many workers cannot read the shard.</summary>
    public int Refusals(int shard) => Refused.GetValueOrDefault(shard, []).Count;

    /// <summary>The worker says what it still holds: what it should hold beside that is lost, and has to be read again.</summary>
    public Schedule Holds(int worker, IReadOnlySet<int> held)
    {
        int[] lost = [.. Enumerable.Range(0, Holders.Length).Where(shard => Holders[shard] == worker && !held.Contains(shard))];
        if (lost.Length == 0)
            return this;
        var holders = Holders.ToBuilder();
        foreach (var shard in lost)
            holders[shard] = NoWorker;
        return this with { Holders = holders.ToImmutable(), Held = Held - lost.Length, Waiting = Waiting.Union(lost) };
    }

    private bool Refuses(int worker, int shard) => Refused.TryGetValue(shard, out var workers) && workers.Contains(worker);

    /// <summary>The first shard that waits for this worker.</summary>
    private Option<int> Next(int worker) =>
        Refused.IsEmpty ? Waiting.HeadOrNone() : Waiting.Where(shard => !Refuses(worker, shard)).HeadOrNone();

    private Schedule Run(int shard, int worker, double now) =>
        this with
        {
            Running = Running.SetItem(shard, Running.GetValueOrDefault(shard, []).Add((worker, now))),
        };
}
