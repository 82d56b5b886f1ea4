namespace FunctionalMetrics.Orleans.Tests;

/// <summary>
/// A job on many workers in simulated time, with stragglers and deaths: the product's own <see cref="Schedule"/> decides who reads what. The
/// same seed gives the same run.
/// </summary>
internal sealed class ClusterSimulation
{
    private readonly ClusterModel model;
    private readonly Random random;
    private readonly PriorityQueue<Action, (double Time, long Order)> events = new();
    private readonly HashSet<int>[] held;
    private readonly int[] lives;
    private readonly double[] slowness;
    private readonly Queue<(int Worker, bool TakesStragglers)> idle = new();
    private Schedule schedule;
    private double now;
    private long order;

    private ClusterSimulation(ClusterModel model, int seed)
    {
        (this.model, random) = (model, new Random(seed));
        schedule = Schedule.Of(model.Shards, Enumerable.Range(0, model.Shards));
        held = [.. Enumerable.Range(0, model.Workers).Select(_ => new HashSet<int>())];
        lives = new int[model.Workers];
        slowness =
        [
            .. Enumerable.Range(0, model.Workers).Select(_ => random.Next(model.Stragglers.OneIn) == 0 ? model.Stragglers.Times : 1),
        ];
    }

    /// <summary>How many silos died.</summary>
    public int Deaths { get; private set; }

    /// <summary>How many shards were read, those read again included.</summary>
    public int Reads { get; private set; }

    /// <summary>How often the merged state lacked shards, and was asked for again.</summary>
    public int Retries { get; private set; }

    /// <summary>When the result was there.</summary>
    public double Seconds => now;

    /// <summary>How often each shard is in the result.</summary>
    public int[] Counted { get; private set; } = [];

    public static ClusterSimulation Run(ClusterModel model, int seed)
    {
        var simulation = new ClusterSimulation(model, seed);
        simulation.Run();
        return simulation;
    }

    private void Run()
    {
        for (var worker = 0; worker < model.Workers; worker++)
        {
            Live(worker);
            for (var lane = 0; lane < model.Processors; lane++)
                Begin(worker, lane == 0);
        }
        After(1, Look);
        while (true)
        {
            while (!schedule.IsComplete)
                Step();
            var finish = now + model.GatherSeconds + model.CountSeconds;
            int[] holders = [.. schedule.Holders];
            while (events.TryPeek(out _, out var next) && next.Time < finish)
                Step();
            now = finish;
            // As in a job: each worker brings what it still holds of what it answers for, and the set says what is missing.
            Counted = new int[model.Shards];
            for (var shard = 0; shard < holders.Length; shard++)
                Counted[shard] += held[holders[shard]].Contains(shard) ? 1 : 0;
            if (Counted.All(count => count > 0))
                return;
            Retries++;
            for (var worker = 0; worker < model.Workers; worker++)
                schedule = schedule.Holds(worker, held[worker]);
            Wake();
        }
    }

    private void Begin(int worker, bool takesStragglers)
    {
        (schedule, var shard) = schedule.Start(worker, now, takesStragglers);
        if (shard.Case is not int at)
        {
            idle.Enqueue((worker, takesStragglers));
            return;
        }
        var life = lives[worker];
        Reads++;
        After(
            model.ReadSeconds * slowness[worker] * (0.8 + 0.4 * random.NextDouble()),
            () =>
            {
                if (life != lives[worker])
                {
                    // The silo died meanwhile: its death is noticed, and the lane goes on with the next activation.
                    After(model.Detection, () => Failed(worker, at, takesStragglers));
                    return;
                }
                held[worker].Add(at);
                schedule = schedule.Finish(worker, at, now);
                Begin(worker, takesStragglers);
            }
        );
    }

    private void Failed(int worker, int shard, bool takesStragglers)
    {
        schedule = schedule.Fail(worker, shard).Holds(worker, held[worker]);
        Begin(worker, takesStragglers);
        Wake();
    }

    private void Live(int worker) =>
        After(
            -model.MeanLife * Math.Log(1 - random.NextDouble()),
            () =>
            {
                Deaths++;
                lives[worker]++;
                held[worker].Clear();
                Live(worker);
            }
        );

    private void Look()
    {
        if (!schedule.IsComplete)
            Wake();
        After(1, Look);
    }

    private void Wake()
    {
        for (var left = idle.Count; left > 0; left--)
        {
            var (worker, takesStragglers) = idle.Dequeue();
            Begin(worker, takesStragglers);
        }
    }

    private void After(double seconds, Action what) => events.Enqueue(what, (now + seconds, order++));

    private void Step()
    {
        events.TryDequeue(out var what, out var when);
        now = when.Time;
        what!();
    }
}
