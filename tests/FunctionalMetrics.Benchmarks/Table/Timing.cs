using System.Diagnostics;

namespace FunctionalMetrics.Benchmarks;

/// <summary>What some runs gave: their median and how far they lay apart.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return new(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>A number that was not repeated.</summary>
    public static implicit operator Spread(double value) => new(value, value, value);

    public static Spread operator /(Spread spread, double by) => new(spread.Median / by, spread.Min / by, spread.Max / by);

    public static Spread operator *(Spread spread, double by) => new(spread.Median * by, spread.Min * by, spread.Max * by);

    public override string ToString() =>
        Min == Max ? Number(Median) : FormattableString.Invariant($"{Number(Median)} ({Number(Min)} to {Number(Max)})");

    /// <summary>Three digits that mean something.</summary>
    public static string Number(double value) =>
        Math.Abs(value) switch
        {
            >= 100 => FormattableString.Invariant($"{value:N0}"),
            >= 10 => FormattableString.Invariant($"{value:0.0}"),
            _ => FormattableString.Invariant($"{value:0.00}"),
        };
}

/// <summary>
/// Times in nanoseconds for each item. Garbage of the run before is collected first and is not part of a run; nor is warming up.
/// </summary>
internal static class Timing
{
    public const int Repeats = 7;

    /// <summary>A process is as fast as it gets once it has been through some of as many pixels.</summary>
    private const int SettledPixels = 40_000_000;

    public static Spread Of(double items, Action work, int repeats = Repeats) => Of(items, () => 0, _ => work(), repeats);

    /// <summary>
    /// The same for pixels: small stacks are run more often, before and while they are timed, so that all are timed once the process has settled.
    /// </summary>
    public static Spread OfPixels(int pixels, Action work)
    {
        var more = Math.Max(1, SettledPixels / pixels);
        for (var run = 1; run < more; run++)
            work();
        return Of(pixels, work, Repeats * more);
    }

    /// <summary>The time of the work on what is prepared afresh for each run.</summary>
    public static Spread Of<T>(double items, Func<T> prepare, Action<T> work, int repeats = Repeats)
    {
        work(prepare());
        return Spread.Of(Enumerable.Range(0, repeats).Select(_ => Once(items, prepare(), work)).ToArray());
    }

    public static double Once<T>(double items, T prepared, Action<T> work)
    {
        Settle();
        var clock = Stopwatch.StartNew();
        work(prepared);
        return clock.Elapsed.TotalNanoseconds / items;
    }

    /// <summary>What is to be compared, each measured once in every turn; for each what all turns gave, in their order.</summary>
    public static T[][] ByTurns<T>(IEnumerable<Func<T>> measures, int turns)
    {
        Func<T>[] all = [.. measures];
        T[][] found = [.. all.Select(_ => new T[turns])];
        for (var turn = 0; turn < turns; turn++)
        for (var i = 0; i < all.Length; i++)
            found[i][turn] = all[i]();
        return found;
    }

    /// <summary>Collects garbage, finalizers included.</summary>
    public static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
