using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using static System.FormattableString;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Statistics;

/// <summary>Each number of each pair of models, with the test of its difference.</summary>
internal static class ComparedPairs
{
    internal const string Area = "auroc";

    /// <summary>Rates at a threshold that is given, or that the largest F1 chose in each draw: decisions are compared instead.</summary>
    private static readonly string[] AtThreshold = ["at_threshold.", "at_given_threshold."];

    internal static IEnumerable<(int A, int B)> PairsOf(int models) =>
        from a in Enumerable.Range(0, models)
        from b in Enumerable.Range(a + 1, models - a - 1)
        select (a, b);

    internal static Fin<double>[] OfEach(PairedRows rows) =>
        [
            .. Enumerable
                .Range(0, rows.Models)
                .Select(model =>
                    ScoreBatch
                        .Create(rows.Scores(model), rows.Labels)
                        .Match(batch => AreaOf(RankState.Of(batch)), faults => throw new InvalidOperationException($"{faults}"))
                ),
        ];

    internal static Fin<double> AreaOf(RankState rows) => Auroc.Metric.Compute(rows).Map(found => found.Area);

    internal static IEnumerable<ComparedPair> Areas(IReadOnlyList<string> names, MeasuredAreas areas, ComparisonRules rules) =>
        Corrected(
            PairsOf(names.Count)
                .Select(pair =>
                {
                    var (a, b) = (areas.Each[pair.A], areas.Each[pair.B]);
                    return Tested(
                        new ComparedPair(areas.Level, Area, names[pair.A], names[pair.B], areas.Method, rules)
                        {
                            ValueOfA = a,
                            ValueOfB = b,
                            Difference = a.Bind(x => b.Map(y => x - y)),
                            P = 1,
                        },
                        areas.Areas.Map(found => found.DifferenceOf(pair.A, pair.B))
                    );
                })
        );

    /// <summary>A number of two models with the test of its difference.</summary>
    internal static ComparedPair Tested(ComparedPair pair, Fin<ModelDifference> test) =>
        pair with
        {
            Difference = test.Map(found => found.Value).Match(Fin<double>.Succ, _ => pair.Difference),
            Interval = Some(test.Bind(found => found.Interval(pair.Rules.Level))),
            P = test.Bind(found => found.P),
            Equivalence = Optional(pair.Rules.Margin).Map(margin => test.Bind(found => found.Equivalence(margin))),
        };

    /// <summary>What has no variance of its own in the draws of each model that they share; areas that have one are left to that.</summary>
    internal static ImmutableArray<ImmutableArray<Resampled>> Draws(
        IEnumerable<ReplicateTable> tables,
        ComparisonRules rules,
        Func<IEnumerable<ReplicatePart>, int, IEnumerable<ReplicatePart>>? watch
    )
    {
        var others = NotOf(Levels.Image, LevelNumbers.Of(RankState.Empty, rules.Settings))
            .Concat(NotOf(Levels.Pixel, LevelNumbers.Of(ImageState.Empty, rules.Settings)))
            .ToHashSet();
        return rules.Replicates < 2 ? [] : [.. tables.Select(Draw)];

        // Numbers that were asked for and that the level does not have.
        IEnumerable<(string, string)> NotOf(string level, LevelNumbers known) =>
            rules
                .Settings.Asked.Select(asked => asked.Name)
                .Except(known.Asked.Select(asked => asked.Name))
                .Select(name => (level, ComparedPair.AskedPlace + name));

        ImmutableArray<Resampled> Draw(ReplicateTable table, int model)
        {
            // Rates at a threshold are those at the model's own.
            var settings = rules.Thresholds is { Length: > 0 } thresholds
                ? rules.Settings with
                {
                    Threshold = thresholds[model],
                }
                : rules.Settings;
            var parts = table.Parts(settings, rules.Replicates, rules.Seed);
            return
            [
                .. table
                    .Join(settings, rules.Replicates, watch?.Invoke(parts, table.Replicates(rules.Replicates)) ?? parts)
                    .Where(number =>
                        number.Key != Area && !AtThreshold.Any(place => number.Key.StartsWith(place, StringComparison.Ordinal))
                    )
                    .Where(number => !others.Contains((number.Level, number.Key))),
            ];
        }
    }

    internal static IEnumerable<ComparedPair> Drawn(
        IReadOnlyList<string> names,
        ImmutableArray<ImmutableArray<Resampled>> models,
        ComparisonRules rules
    )
    {
        return models
            .Take(1)
            .SelectMany(numbers => numbers)
            .SelectMany((_, at) => Corrected(PairsOf(names.Count).Select(pair => Pair(models[pair.A][at], models[pair.B][at], pair))));

        ComparedPair Pair(Resampled a, Resampled b, (int A, int B) pair)
        {
            var found = Bootstrap.Difference(a, b);
            var numbers = new ComparedPair(a.Level, a.Key, names[pair.A], names[pair.B], ComparedPair.BootstrapMethod, rules)
            {
                ValueOfA = a.Value,
                ValueOfB = b.Value,
                Difference = a.Value.Bind(x => b.Value.Map(y => x - y)),
                P = 1,
                WithoutValue = found.Map(drawn => drawn.Undefined).IfFail(0),
            };
            return Tested(
                numbers,
                found.Match(
                    drawn => drawn.Difference,
                    why => why is NotResampledEnough not ? new NotResampledEnough(numbers.Title, not.Why) : Fin<ModelDifference>.Fail(why)
                )
            );
        }
    }

    internal static IEnumerable<ComparedPair> PerImage(
        IReadOnlyList<string> names,
        List<Fin<AupimoResult>> models,
        ComparisonRules rules
    ) =>
        Corrected(
            PairsOf(names.Count)
                .Select(pair =>
                {
                    var test = models[pair.A].Bind(a => models[pair.B].Bind(b => Wilcoxon.Test(ByName(a), ByName(b))));
                    return new ComparedPair(Levels.Pixel, "aupimo", names[pair.A], names[pair.B], ComparedPair.WilcoxonMethod, rules)
                    {
                        ValueOfA = models[pair.A].Map(a => a.Mean),
                        ValueOfB = models[pair.B].Map(b => b.Mean),
                        Difference = models[pair.A].Bind(a => models[pair.B].Map(b => a.Mean - b.Mean)),
                        P = test.Map(found => found.P),
                    };
                })
        );

    internal static double[] ByName(AupimoResult found) =>
        [.. found.Images.OrderBy(image => image.Name.IfNone(""), StringComparer.Ordinal).Select(image => image.Area)];

    internal static IEnumerable<ComparedPair> Decisions(
        IReadOnlyList<string> names,
        PairedRows rows,
        ComparisonRules rules,
        IReadOnlyList<string> ids
    )
    {
        if (rules.Thresholds is not { Length: > 0 } thresholds)
            return [];
        bool[][] right = [.. Enumerable.Range(0, rows.Models).Select(model => Right(rows, model, thresholds[model]))];
        return Corrected(
            PairsOf(names.Count)
                .Select(pair =>
                {
                    var (a, b) = (right[pair.A], right[pair.B]);
                    var (onlyA, onlyB) = (
                        Enumerable.Range(0, a.Length).Count(i => a[i] && !b[i]),
                        Enumerable.Range(0, a.Length).Count(i => b[i] && !a[i])
                    );
                    return new ComparedPair(Levels.Image, "decisions", names[pair.A], names[pair.B], ComparedPair.McNemarMethod, rules)
                    {
                        ValueOfA = new Proportion(a.Count(one => one), a.Length).Share,
                        ValueOfB = new Proportion(b.Count(one => one), b.Length).Share,
                        Difference = a.Length == 0 ? new Undefined("decisions", Missing.Row, 0) : (double)(onlyA - onlyB) / a.Length,
                        P = McNemar.P(onlyA, onlyB),
                        Flipped =
                        [
                            .. Enumerable
                                .Range(0, a.Length)
                                .Where(i => a[i] != b[i])
                                .Select(i => new Flip(ids[i], a[i] ? names[pair.A] : names[pair.B])),
                        ],
                    };
                })
        );
    }

    internal static bool[] Right(PairedRows rows, int model, double threshold)
    {
        var scores = rows.Scores(model);
        var labels = rows.Labels;
        var right = new bool[rows.Count];
        for (var i = 0; i < right.Length; i++)
            right[i] = (scores[i] >= threshold) == labels[i];
        return right;
    }

    internal static IEnumerable<ComparedPair> Corrected(IEnumerable<ComparedPair> pairs)
    {
        var all = pairs.ToList();
        if (all.Count < 2)
            return all;
        int[] tested = [.. Enumerable.Range(0, all.Count).Where(i => all[i].P.IsSucc)];
        foreach (var (i, p) in tested.Zip(Holm.Adjust([.. tested.Select(i => all[i].P.IfFail(1))]), (i, p) => (i, p)))
            all[i] = all[i] with { PHolm = p };
        return all;
    }

    /// <summary>Numbers of which not all pairs of models have a test: Holm's correction is over those that have one.</summary>
    internal static IEnumerable<string> Untested(ImmutableArray<ComparedPair> pairs) =>
        from same in pairs.GroupBy(pair => (pair.Level, pair.Metric))
        let tested = same.Count(pair => pair.P.IsSucc)
        where tested > 0 && tested < same.Count()
        select Invariant(
            $"{same.First().Level} {same.First().Title}: {tested} of {same.Count()} pairs have a test; Holm's correction is over {(tested == 1 ? "that one" : $"those {tested}")}."
        );

    internal static IEnumerable<string> Few(ReadOnlySpan<bool> labels, string unit, ComparisonRules rules)
    {
        var (anomalous, normal) = (labels.Count(true), labels.Count(false));
        return Math.Min(anomalous, normal) < rules.FewOfAClass
            ?
            [
                Invariant(
                    $"There are {anomalous} anomalous and {normal} normal {unit}s; intervals and tests of fewer than {rules.FewOfAClass} of a class are rough."
                ),
            ]
            : [];
    }
}
