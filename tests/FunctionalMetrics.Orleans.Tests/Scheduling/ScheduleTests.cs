using FsCheck.Xunit;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>Whatever happens to workers, no shard is forgotten and none is answered for twice.</summary>
public class ScheduleTests
{
    private const int Workers = 4;

    [Fact]
    public void What_a_worker_cannot_read_is_given_to_the_others_alone()
    {
        var (one, shard) = Schedule.Of(2, [0, 1]).Start(0, 0);
        Assert.Equal(0, shard);
        one = one.Refuse(0, 0);
        Assert.Equal(1, one.Refusals(0));
        (one, shard) = one.Start(0, 1);
        Assert.Equal(1, shard);
        Assert.True(one.Start(0, 2).Shard.IsNone);
        (one, shard) = one.Start(1, 3);
        Assert.Equal(0, shard);
        one = one.Finish(0, 1, 4);
        // it straggles, and still only others may take it
        Assert.True(one.Start(0, 1000).Shard.IsNone);
        Assert.Equal(0, one.Start(2, 1000).Shard);
        Assert.True(one.Finish(1, 0, 5).IsComplete);
    }

    [Property(MaxTest = 500)]
    public void Every_shard_is_held_in_the_end_whatever_is_lost_on_the_way(int seed, byte size)
    {
        var random = new Random(seed);
        var shards = size % 20;
        var schedule = Schedule.Of(shards, Enumerable.Range(0, shards).Where(shard => shard % 3 > 0));
        // What each worker really holds, and what it was asked for and has not answered yet.
        var held = Enumerable.Range(0, Workers).Select(_ => new HashSet<int>()).ToArray();
        var asked = new List<(int Worker, int Shard)>();
        for (var step = 0; step < 200; step++)
        {
            Happen(random.Next(6), step);
            Assert.Equal(schedule.Missing.Count(), shards - schedule.Held);
        }
        for (var shard = 0; shard < shards; shard++)
            schedule = schedule.Ready(shard);
        for (var step = 0; step < 10 * shards + 10 && !schedule.IsComplete; step++)
        {
            Happen(0, 1000 + step);
            while (asked.Count > 0)
                Happen(1, 1000 + step);
        }
        for (var worker = 0; worker < Workers; worker++)
            schedule = schedule.Holds(worker, held[worker]);
        Drain();
        Assert.True(schedule.IsComplete);
        for (var shard = 0; shard < shards; shard++)
            Assert.Contains(shard, held[schedule.Holders[shard]]);

        void Happen(int what, int now)
        {
            var worker = random.Next(Workers);
            if (what is 0 or 4)
            {
                var (next, shard) = schedule.Start(worker, now);
                schedule = next;
                shard.IfSome(at => asked.Add((worker, at)));
            }
            else if (what is 1 or 5 && asked.Count > 0)
            {
                var answered = asked[random.Next(asked.Count)];
                asked.Remove(answered);
                held[answered.Worker].Add(answered.Shard);
                schedule = schedule.Finish(answered.Worker, answered.Shard, now);
            }
            else if (what == 2 && asked.Count > 0)
            {
                var lost = asked[random.Next(asked.Count)];
                asked.Remove(lost);
                schedule = schedule.Fail(lost.Worker, lost.Shard);
            }
            else if (what == 3)
            {
                held[worker].Clear();
                if (random.Next(2) == 0)
                    schedule = schedule.Holds(worker, held[worker]);
            }
        }

        void Drain()
        {
            for (var step = 0; step < 10 * shards + 10 && !schedule.IsComplete; step++)
            {
                Happen(0, 10000 + step);
                while (asked.Count > 0)
                    Happen(1, 10000 + step);
            }
        }
    }

    [Fact]
    public void A_shard_is_read_once_while_all_goes_well_and_twice_when_it_straggles()
    {
        var schedule = Schedule.Of(3, [0, 1, 2]);
        (schedule, var first) = schedule.Start(0, 0);
        (schedule, var second) = schedule.Start(1, 0);
        (schedule, var third) = schedule.Start(1, 0);
        Assert.Equal([0, 1, 2], new[] { first, second, third }.Select(shard => (int)shard));
        schedule = schedule.Finish(1, 1, 10).Finish(1, 2, 10);
        Assert.True(schedule.Start(1, 29).Shard.IsNone);
        Assert.True(schedule.Start(0, 31).Shard.IsNone);
        (schedule, var again) = schedule.Start(1, 31);
        Assert.Equal(0, again);
        Assert.True(schedule.Start(2, 99).Shard.IsNone);
        schedule = schedule.Finish(1, 0, 32).Finish(0, 0, 33);
        Assert.True(schedule.IsComplete);
        Assert.Equal([1, 1, 1], schedule.Holders.ToArray());
    }

    [Property]
    public void Every_worker_stands_in_the_tree_once(ushort workers)
    {
        int[] below = [.. Enumerable.Range(0, workers).SelectMany(worker => ReductionTree.Children(worker, workers))];
        Assert.Equal(Enumerable.Range(1, Math.Max(0, workers - 1)), below);
    }
}
