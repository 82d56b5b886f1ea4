using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The image bootstrap: images, or rows, are drawn again with replacement, as many of each class as there are, and each number is computed anew of those
/// that were drawn. A replicate is exact and has the bits of the metric of the repeated images, but no score is looked at again: it comes from a table of
/// what lies between and at the distinct anomalous scores.
/// <para>
/// Images are numbered by name, then by content, and replicate b of a class is drawn from (seed, b, class) alone: neither threads nor the order of images
/// matter. Immutable and safe to share between threads.
/// </para>
/// <para>Source: Efron and Tibshirani, An introduction to the bootstrap (1993), chapters 8, 11 and 14.</para>
/// </summary>
public sealed class ReplicateTable
{
    /// <summary>How many replicates are drawn unless another number is given: 2,000.</summary>
    public const int UsualReplicates = 2000;

    /// <summary>Of more rows than this no numbers are drawn: each draw sorts out every row, and what is drawn and left out is held for each. AUROC has a variance of its own.</summary>
    public const int MostRows = 100_000;

    private const string AskedPlace = "metrics.";

    private readonly Resample resample;
    private readonly ImmutableArray<Level> levels;

    private ReplicateTable(Resample resample, params ImmutableArray<Level> levels) => (this.resample, this.levels) = (resample, levels);

    /// <summary>The table of images: of their scores, and of their pixels. A pixel keeps some 4 bytes where anomalous scores reach down to its own.</summary>
    /// <param name="images">The images.</param>
    /// <param name="category">The number of their category, counted from 0, where there are several: the images of each are drawn apart.</param>
    public static ReplicateTable Of(ImageState images, int category = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(category);
        var ordered = images.Ordered;
        return new(
            Resample.Of([.. ordered.Select(image => image.IsAnomalous)], category),
            new(
                Levels.Image,
                System.Array.ConvertAll(
                    ordered,
                    image =>
                        image.Score is { } score
                            ? ResampledUnit.OfRow(ScoreKey.Of(score), image.IsAnomalous)
                            : new ResampledUnit(ResampledUnit.Nothing, ResampledUnit.Nothing)
                )
            ),
            new(Levels.Pixel, System.Array.ConvertAll(ordered, image => new ResampledUnit(image.Normal, image.Regions)), ordered)
        )
        {
            Names = [.. ordered.Select(image => Optional(image.Name))],
        };
    }

    /// <summary>The table of rows without images, each one of its own.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="category">The number of their category, counted from 0, where there are several: the rows of each are drawn apart.</param>
    public static ReplicateTable Of(RankState rows, int category = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(category);
        ulong[] normal = Sorted(rows.NegativeKeys),
            anomalous = Sorted(rows.PositiveKeys);
        var units = normal
            .Select(key => ResampledUnit.OfRow(key, false))
            .Concat(anomalous.Select(key => ResampledUnit.OfRow(key, true)))
            .ToArray();
        return new(Resample.Of([.. units.Select((_, index) => index >= normal.Length)], category), new Level(Levels.Image, units));

        static ulong[] Sorted(KeyBag bag)
        {
            var distinct = DistinctKeys<ulong>.Of(bag);
            return [.. distinct.Keys.SelectMany((key, index) => Enumerable.Repeat(key, checked((int)distinct.CountAt(index))))];
        }
    }

    /// <summary>
    /// The table of a model's rows, each one of its own. Rows are numbered by the scores that all models gave them, so that their order does not matter and all models have the same rows in
    /// replicate b.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="model">The model, counted from 0.</param>
    public static ReplicateTable Of(PairedRows rows, int model)
    {
        var (order, labels, scores) = (rows.Order, rows.Labels.ToArray(), rows.Scores(model).ToArray());
        return new(
            Resample.Of([.. order.Select(row => labels[row])]),
            new Level(Levels.Image, [.. order.Select(row => ResampledUnit.OfRow(ScoreKey.Of(scores[row]), labels[row]))])
        );
    }

    /// <summary>How many normal images, or rows, there are.</summary>
    public int Normal => resample.Strata[0].Length;

    /// <summary>How many anomalous ones.</summary>
    public int Anomalous => resample.Strata[1].Length;

    /// <summary>The names of the images in the order of their numbers; empty of rows.</summary>
    public ImmutableArray<Option<string>> Names { get; private init; } = [];

    /// <summary>
    /// All rates and areas of each level, and the numbers that the settings ask for, of the images as they are, of each replicate, and without each image in
    /// turn.
    /// </summary>
    /// <param name="settings">The parameters of the numbers.</param>
    /// <param name="replicates">How many replicates are drawn, one at least.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <exception cref="ArgumentOutOfRangeException">No replicate is asked for.</exception>
    public ImmutableArray<Resampled> Draw(EvaluationSettings settings, int replicates = UsualReplicates, ulong seed = 0) =>
        Join(settings, replicates, Parts(settings, replicates, seed));

    /// <summary>How many replicates there are in all <see cref="Parts"/>: those that are drawn, the images as they are, and one without each image.</summary>
    /// <param name="replicates">How many are drawn.</param>
    public int Replicates(int replicates) => 1 + resample.Units + replicates;

    /// <summary>The same bit by bit, for whoever shows how far it is: <see cref="Join"/> puts the parts together.</summary>
    /// <param name="settings">The parameters of the numbers.</param>
    /// <param name="replicates">How many replicates are drawn, one at least.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <exception cref="ArgumentOutOfRangeException">No replicate is asked for.</exception>
    public IEnumerable<ReplicatePart> Parts(EvaluationSettings settings, int replicates = UsualReplicates, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(replicates);
        return Computed(Numbers(settings), replicates, seed);
    }

    /// <summary>What the parts come to, for each number.</summary>
    /// <param name="settings">The settings that they were computed with.</param>
    /// <param name="replicates">How many replicates are drawn.</param>
    /// <param name="parts">All parts, in their order.</param>
    public ImmutableArray<Resampled> Join(EvaluationSettings settings, int replicates, IEnumerable<ReplicatePart> parts)
    {
        var all = parts.SelectMany(part => part.Values).ToList();
        return
        [
            .. Numbers(settings)
                .Select(
                    (number, index) =>
                        new Resampled(
                            levels[number.Level].Name,
                            number.Key,
                            all[0][index],
                            [.. all.Skip(1 + resample.Units).Take(replicates).Select(values => values[index])],
                            [.. resample.Strata.Select(units => units.Select(unit => all[1 + unit][index]).ToImmutableArray())]
                        )
                )
                // Not every level has every number; one that was asked for says so.
                .Where(number => number.Value.Case is not NotResampled || number.Key.StartsWith(AskedPlace, StringComparison.Ordinal)),
        ];
    }

    /// <summary>What the numbers of a level read off a replicate in which image i, in the order of the names, stands so many times.</summary>
    internal ImmutableArray<(string Level, string Key, Fin<double> Value)> Of(int[] times, EvaluationSettings settings)
    {
        var numbers = Numbers(settings);
        return [.. numbers.Zip(Computed(numbers, [times])[0], (number, value) => (levels[number.Level].Name, number.Key, value))];
    }

    /// <summary>The images as they are, one without each image, and then those that are drawn.</summary>
    private IEnumerable<ReplicatePart> Computed(ImmutableArray<Number> numbers, int replicates, ulong seed)
    {
        yield return new(Computed(numbers, [resample.Whole]));
        var leftOut = levels.Select((level, index) => level.LeftOut(Read(numbers, index))).ToArray();
        foreach (var units in Together(resample.Units))
            yield return new(
                Computed(
                    numbers,
                    units,
                    (level, some) =>
                        leftOut[level] is { } rows
                            ? System.Array.ConvertAll(some, unit => rows(unit))
                            : levels[level].Rankings(System.Array.ConvertAll(some, resample.Without), Read(numbers, level))
                )
            );
        foreach (var drawn in Together(replicates))
            yield return new(Computed(numbers, System.Array.ConvertAll(drawn, replicate => resample.Drawn(seed, replicate))));
    }

    /// <summary>Some groups of replicates for each processor, so that none waits long for another.</summary>
    private static IEnumerable<int[]> Together(int count) =>
        Enumerable.Range(0, count).Chunk(4 * Environment.ProcessorCount * SparseGaps.Lanes);

    private ImmutableArray<ImmutableArray<Fin<double>>> Computed(ImmutableArray<Number> numbers, int[][] times) =>
        Computed(numbers, times, (level, some) => levels[level].Rankings(some, Read(numbers, level)));

    /// <summary>All numbers of some replicates, given what these are at a level.</summary>
    private ImmutableArray<ImmutableArray<Fin<double>>> Computed<T>(
        ImmutableArray<Number> numbers,
        T[] replicates,
        Func<int, T[], ExactRanking[]> ranked
    )
    {
        var found = new ImmutableArray<Fin<double>>[replicates.Length];
        SharedWork.Each(
            (replicates.Length - 1) / SparseGaps.Lanes + 1,
            Environment.ProcessorCount,
            group =>
            {
                var first = group * SparseGaps.Lanes;
                var some = replicates[first..Math.Min(first + SparseGaps.Lanes, replicates.Length)];
                var rankings = levels.Select((_, level) => ranked(level, some)).ToArray();
                for (var i = 0; i < some.Length; i++)
                    found[first + i] = [.. numbers.Select(number => number.Value(rankings[number.Level][i]))];
            }
        );
        return [.. found];
    }

    private static ImmutableArray<Reading> Read(ImmutableArray<Number> numbers, int level) =>
        [.. numbers.Where(number => number.Level == level).Select(number => number.Read)];

    /// <summary>The numbers of all levels that have them, in their order.</summary>
    private ImmutableArray<Number> Numbers(EvaluationSettings settings) =>
        [
            .. levels.SelectMany(
                (level, index) =>
                    LevelNumbers
                        .Chosen(settings)
                        .Where(number => number.Number.Kind == NumberKind.Rate)
                        .Select(number => new Number(
                            index,
                            number.Number.Key,
                            new(number.Chosen.Reductions, []),
                            ranking => Known(number.Number.Key, number.Chosen.Value(ranking))
                        ))
                        .Concat(
                            settings.Asked.Select(asked => new Number(
                                index,
                                AskedPlace + asked.Name,
                                new(asked.Reductions, asked.ReductionsOfTwin),
                                Optional(level.Images)
                                    .Bind(asked.Repeated)
                                    .Match<Func<ExactRanking, Fin<double>>>(
                                        // Images are drawn and left out by how often each stands.
                                        repeated => ranking => repeated(((ReplicateRanking)ranking).Times),
                                        () => ranking => Known(asked.Name, asked.Of(ranking, settings).Map(found => found.Value))
                                    )
                            ))
                        )
            ),
        ];

    private static Fin<double> Known(string number, Option<Fin<Interval>> value) =>
        value.Match(found => found.Map(known => known.Lower), () => new NotResampled(number));

    /// <summary>A number of a level.</summary>
    private sealed record Number(int Level, string Key, Reading Read, Func<ExactRanking, Fin<double>> Value);

    /// <summary>What a number reads off the sweep, and off that of the swapped classes.</summary>
    private sealed record Reading(ImmutableArray<IReduction> Rows, ImmutableArray<IReduction> Swapped);

    /// <summary>What is drawn again of a level: units, and the images that they are, where its numbers need these.</summary>
    private sealed class Level(string name, ResampledUnit[] units, KeptImage[]? images = null)
    {
        /// <summary>Of the swapped classes every normal score is a threshold: above so many a sweep of each replicate takes too long.</summary>
        private const long MostNormal = NotResampled.MostNormalScores;

        private readonly UnitCounts counts = UnitCounts.Of(units, hasRegions: images is not null);

        private readonly Lazy<UnitCounts> swapped = new(() =>
            UnitCounts.Of(
                System.Array.ConvertAll(
                    units,
                    unit => new ResampledUnit(unit.Anomalous.Plain.Ungrouped.Negated, unit.Normal.Plain.Ungrouped.Negated)
                ),
                hasRegions: false
            )
        );

        public string Name => name;

        public KeptImage[]? Images => images;

        public ExactRanking[] Rankings(int[][] times, ImmutableArray<Reading> read)
        {
            var rows = ReplicateSweep.Of(counts, times, OfRows(read));
            var twins = OfTwins(read);
            return twins.IsEmpty
                ? rows
                : [.. rows.Zip(ReplicateSweep.Of(swapped.Value, times, twins), (row, twin) => row with { Swapped = twin })];
        }

        /// <summary>The level without each unit, where none is of more than one row; null otherwise.</summary>
        public Func<int, ExactRanking>? LeftOut(ImmutableArray<Reading> read)
        {
            if (images is not null || System.Array.Exists(units, unit => unit.Normal.Count + unit.Anomalous.Count > 1))
                return null;
            int[] scored = [.. Enumerable.Range(0, units.Length).Where(unit => !IsEmpty(unit))];
            var whole = new Lazy<ExactRanking>(() =>
                Rankings(
                    [
                        [.. units.Select(_ => 1)],
                    ],
                    read
                )[0]
            );
            var of = new Lazy<LeftOutSums>(() => Sums(isSwapped: false, OfRows(read)));
            var twins = new Lazy<LeftOutSums?>(() => OfTwins(read) is { IsEmpty: false } some ? Sums(isSwapped: true, some) : null);
            return unit =>
                // An image without a score is missed by none of its level's numbers.
                System.Array.BinarySearch(scored, unit)
                    is var row
                && row < 0
                    ? whole.Value
                    : of.Value.Without(row, Optional(twins.Value).Map(Ranking (twin) => twin.Without(row, None)));

            bool IsEmpty(int unit) => units[unit].Normal.Count + units[unit].Anomalous.Count == 0;

            LeftOutSums Sums(bool isSwapped, ImmutableArray<IReduction> reductions) =>
                LeftOutRows
                    .Of([
                        .. scored.Select(unit =>
                        {
                            var isAnomalous = units[unit].Anomalous.Count == 1;
                            Span<ulong> key = [0];
                            (isAnomalous ? units[unit].Anomalous : units[unit].Normal).CopyTo(key);
                            return isSwapped ? (ScoreKey.Negate(key[0]), !isAnomalous) : (key[0], isAnomalous);
                        }),
                    ])
                    .Sums(reductions);
        }

        private static ImmutableArray<IReduction> OfRows(ImmutableArray<Reading> read) =>
            [.. read.SelectMany(number => number.Rows).Distinct()];

        private ImmutableArray<IReduction> OfTwins(ImmutableArray<Reading> read) =>
            counts.Negatives.Sum() > MostNormal ? [] : [.. read.SelectMany(number => number.Swapped).Distinct()];
    }
}
