using FunctionalMetrics.Laws;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Numbers that are asked for by name: the same on every way, those of METRICS.md's rules counted plainly, and inside every interval.</summary>
public class AskedTests
{
    /// <summary>Toy T of the reference vectors.</summary>
    private static readonly Row[] Toy =
    [
        .. new[] { .1, .2, .35, .35, .5, .6, .6, .6, .8, .9 }.Zip(new[] { 0, 0, 0, 1, 0, 1, 1, 0, 1, 1 }, (s, y) => new Row(s, y == 1)),
    ];

    /// <summary>Names with parameters that mean something among a few rows.</summary>
    private const string Names =
        "auroc,ap,aupr-in,aupr-out,optimal_f1,tpr@fpr=0,tpr@fpr=0.3,tpr@fpr=1,fpr95,fpr@tpr=0,fpr@tpr=0.5,tnr@fnr=0.3,tnr@fnr=1,recall@precision=0,"
        + "recall@precision=0.5,recall@precision=0.9,recall@precision=1,precision@recall=0,precision@recall=0.5,precision@recall=1,pauroc@0.3,"
        + "mcclish@0.3,logauroc@0.2:0.5,logauroc@0.5:1,eer,precision@n=1,precision@n=3,precision@n=6,precision,recall,specificity,fpr,fnr,npv,"
        + "f1,fbeta@2,fbeta@0.5,accuracy,balanced_accuracy,youden,mcc,lr_plus,lr_minus,prevalence";

    internal static Arr<AskedNumber> Small { get; } = AskedNumber.ParseAll(Names).ThrowIfFail();

    /// <summary>Without a threshold, and with some among the bins of eight bits.</summary>
    internal static IEnumerable<EvaluationSettings> Thresholds =>
        new double?[] { null, 0.5, 1.3, 2, 3 }.Select(given => new EvaluationSettings(Threshold: given) { Asked = Small });

    [Fact]
    public void Rows_give_what_a_plain_count_gives_on_every_way() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var choices = new Choices(seed);
                var lower = choices.Once(2);
                var batches = Batching.Cut<ScoreBatch>(sample, choices).Select(batch => lower ? batch.Negated : batch).ToList();
                var shards = batches.Select(RankState.Of).ToList();
                var whole = shards.Aggregate(RankState.Empty, RankState.Merge);
                double? given = choices.Once(2) && sample.Rows.Length > 0 ? sample.Rows[choices.Below(sample.Rows.Length)].Score : null;
                var settings = new EvaluationSettings(LowerIsAnomalous: lower, Threshold: given) { Asked = Small };
                var found = LevelNumbers.Of(whole, settings);
                Row[] ranked = [.. sample.Rows.Select(row => row with { Score = settings.Own(row.Score) + 0.0 })];
                foreach (var number in found.Asked)
                    PointOracle.Agrees(ranked, number, settings);

                var anomalous = shards.Select(StateParts.Anomalous).Aggregate(RankState.Empty, RankState.Merge);
                var at = anomalous.Thresholds([.. settings.CountedAt]);
                var apart = LevelNumbers.Of(shards.Select(shard => shard.NormalAt(at)).Aggregate(anomalous, RankState.Merge), settings);
                foreach (var (one, other) in found.Asked.Zip(apart.Asked).Where(pair => !Needs(pair.Item1)))
                    Assert.Equal(one, other);

                foreach (var limited in Passes(limit => ExactPasses.OfRows(_ => batches.Select(FinSucc), limit, settings)))
                    Assert.Equal(found, limited);
                foreach (var bits in (int[])[1, 3, 8, 18, 24])
                    Holds(found, LevelNumbers.Of(BoundedRankState.Of(whole, bits), settings));
            },
            100
        );

    [Fact]
    public void Pixels_give_what_their_rows_give_on_every_way() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var batches = Batching.Cut<MapBatch>(sample, new Choices(seed)).ToList();
                var whole = batches.Select(RegionState.Of).Aggregate(RegionState.Empty, RegionState.Merge);
                var settings = new EvaluationSettings(PixelThreshold: seed % 2 == 0 ? 0.5 : null)
                {
                    Asked = Small.AddRange(AskedNumber.ParseAll("aupro@0.05,aupro@0.3").ThrowIfFail()),
                };
                var found = LevelNumbers.Of(whole, settings);
                Assert.Equal(Small.Count + 2, found.Asked.Length);
                Assert.Equal(
                    LevelNumbers.Of(whole.Rank, settings with { Threshold = settings.PixelThreshold }).Asked,
                    found.Asked.Where(number => !number.Name.StartsWith("aupro", StringComparison.Ordinal))
                );
                Assert.Equal(Aupro.UpTo(0.05).Compute(whole).Map(pro => Interval.Known(pro.Area)).Case, found.Asked[^2].Value.Case);

                foreach (var limited in Passes(limit => ExactPasses.OfMaps(_ => batches.Select(FinSucc), limit, settings)))
                    Assert.Equal(found, limited);
                foreach (var bits in (int[])[3, 18])
                    Holds(found, LevelNumbers.Of(BoundedRegionState.Of(whole, bits), settings));
            },
            50
        );

    [Theory]
    [InlineData("tpr@fpr=0", 0.4, 0.8)]
    [InlineData("fpr95", 0.6, 0.35)]
    [InlineData("fpr@tpr=0.95", 0.6, 0.35)]
    [InlineData("eer", 0.2, 0.6)]
    [InlineData("ap", 0.845, null)]
    [InlineData("mcclish@0.1", .7368421052631579, null)]
    [InlineData("mcclish@0.2", .7777777777777779, null)]
    [InlineData("mcclish@0.3", .803921568627451, null)]
    [InlineData("mcclish@0.5", .82, null)]
    [InlineData("logauroc@0.2:0.5", .8117239857401412, null)]
    [InlineData("mcc", .408248290463863, 0.5)]
    [InlineData("balanced_accuracy", 0.7, 0.5)]
    [InlineData("fbeta@2", .7692307692307692, 0.5)]
    [InlineData("lr_plus", 2.0, 0.5)]
    [InlineData("lr_minus", 1 / 3.0, 0.5)]
    public void The_toy_of_the_reference_vectors_has_their_numbers(string name, double value, double? threshold)
    {
        var found = Found(Toy, name, new(Threshold: 0.5));
        Same.Within(1e-15, value, found.Value.ThrowIfFail().Lower, name);
        Assert.Equal(threshold ?? double.NaN, found.Threshold.IfNone(double.NaN));
        if (threshold == 0.5)
            Assert.Equal(Some(new ConfusionMatrix(4, 2, 1, 3)), found.Counts);
    }

    [Theory]
    [InlineData(.25, .7142857142857143)]
    [InlineData(.5, .6666666666666666)]
    [InlineData(.75, .7333333333333334)]
    public void The_partial_areas_of_the_smallest_toy_are_scikit_learns(double limit, double value)
    {
        Row[] rows = [new(.1, false), new(.4, false), new(.35, true), new(.8, true)];
        Same.Within(1e-15, value, PartialAuroc.UpTo(limit).Run([Batching.Rows(rows)]).ThrowIfFail().McClish);
    }

    [Fact]
    public void The_documented_examples_of_torchmetrics_come_out()
    {
        Row[] rows = [new(0, false), new(.5, true), new(.7, true), new(.8, false)];
        Same.Bits(0.5, Found(rows, "eer").Value.ThrowIfFail().Lower);
        var precision = Found(rows, "precision@recall=0.5");
        Same.Within(1e-4, .6667, precision.Value.ThrowIfFail().Lower);
        Assert.Equal(Some(0.5), precision.Threshold);
    }

    [Fact]
    public void Too_few_normal_rows_for_a_logarithmic_area_are_said_with_how_many_it_needs() =>
        Assert.Equal(new TooFewNormalRows("log AUROC", 0.05, 20, 5), Found(Toy, "logauroc@0.05:0.5").Value.Case);

    [Fact]
    public void A_parameter_is_the_decimal_that_it_is_written_as()
    {
        // 0.3 of 10 normal rows are 3; as the double that it is they would be 2.
        Row[] rows = [.. Enumerable.Range(0, 10).Select(i => new Row(i, false)), new(6.5, true)];
        Assert.Equal(Interval.Known(1), Found(rows, "tpr@fpr=0.3").Value.Case);
        Assert.Equal(1, TprAtFpr.Of(0.3).Run([Batching.Rows(rows)]).ThrowIfFail().Value);
        Assert.Equal(1, Auroc.Metric.Run([Batching.Rows(rows)]).Bind(roc => roc.TprAtFpr(0.3)).ThrowIfFail().TruePositiveRate);
        Assert.Equal(Interval.Known(0), Found(rows, "tpr@fpr=0.29999").Value.Case);
    }

    [Fact]
    public void Where_no_threshold_keeps_the_bound_nothing_is_called_anomalous_or_the_best_is_named()
    {
        Row[] rows = [new(3, false), new(2, true), new(1, false)];
        var nothing = Found(rows, "tpr@fpr=0");
        Assert.Equal((Interval.Known(0), Some(double.PositiveInfinity)), (nothing.Value.ThrowIfFail(), nothing.Threshold));
        Assert.Equal(Some(double.NegativeInfinity), Found(rows, "tpr@fpr=0", new(LowerIsAnomalous: true)).Threshold);
        Assert.Equal(new NotReached("recall at precision", 0.9, 0.5), Found(rows, "recall@precision=0.9").Value.Case);
        Assert.Equal(
            "recall at precision is undefined: no threshold has a precision of 0.9; the best precision reached is 0.5",
            $"{Found(rows, "recall@precision=0.9").Value.Case}"
        );
    }

    [Fact]
    public void A_rate_without_a_value_names_the_count_that_is_0()
    {
        Row[] rows = [new(3, true), new(1, false), new(2, true)];
        Assert.Equal(new Undefined("LR+", Missing.FalsePositive, 3), Found(rows, "lr_plus").Value.Case);
        Assert.Equal(new Undefined("LR-", Missing.TrueNegative, 3), Found(rows, "lr_minus", new(Threshold: 0)).Value.Case);
        Assert.Equal(new Undefined("MCC", Missing.CalledNormal, 3), Found(rows, "mcc", new(Threshold: 0)).Value.Case);
        Assert.Equal(new Undefined("MCC", Missing.CalledAnomalous, 3), Found(rows, "mcc", new(Threshold: 9)).Value.Case);
        Assert.Equal(new Undefined("negative predictive value", Missing.CalledNormal, 3), Found(rows, "npv", new(Threshold: 0)).Value.Case);
        Assert.Equal(
            "LR+ is undefined: there is no normal row called anomalous (fp is 0) (rows seen: 3)",
            $"{Found(rows, "lr_plus").Value.Case}"
        );
    }

    [Theory]
    [InlineData("recal", "there is no number 'recal'; those there are: ")]
    [InlineData("", "there is no number ''; those there are: ")]
    [InlineData("tpr@0.1", "there is no number 'tpr@0.1'; it is written tpr@fpr=A, such as tpr@fpr=0.01")]
    [InlineData("tpr@fpr=a", "it is written tpr@fpr=A")]
    [InlineData("tpr@fpr=NaN", "it is written tpr@fpr=A")]
    [InlineData("logauroc@0.1", "it is written logauroc@LO:HI, such as logauroc@0.001:0.1")]
    [InlineData("recall@x", "it is written recall or recall@precision=P, such as recall@precision=0.9")]
    [InlineData("tpr@fpr=1.5", "the false positive rate is 1.5; it must lie in [0, 1]")]
    [InlineData("pauroc@0", "the FPR limit is 0; it must lie in (0, 1]")]
    [InlineData("logauroc@0.5:0.1", "the upper false positive rate is 0.1; it must lie in (0.5, 1], above the lower one")]
    [InlineData("logauroc@0:0.1", "the lower false positive rate is 0; it must lie in (0, 1)")]
    [InlineData("precision@n=0", "n is 0; it must lie in [1, the number of rows], and whole")]
    [InlineData("precision@n=1.5", "n is 1.5; it must lie in [1, the number of rows], and whole")]
    [InlineData("fbeta@0", "beta is 0; it must lie in (0, inf)")]
    public void A_name_that_none_has_and_a_parameter_out_of_range_are_said(string name, string text) =>
        Assert.Contains(text, AskedNumber.ParseAll("auroc," + name).Match(_ => "known", error => error.Message), StringComparison.Ordinal);

    [Fact]
    public void Every_form_reads_its_own_example_and_a_name_that_is_given_twice_counts_once()
    {
        Assert.True(NumberForm.All.Length > 25);
        foreach (var form in NumberForm.All)
        {
            Assert.Equal(form.Example, AskedNumber.Parse(form.Example).ThrowIfFail().Name);
            Assert.NotEmpty(form.Meaning);
            Assert.NotEmpty(form.Formula);
        }
        Assert.Equal(2, AskedNumber.ParseAll("auroc, fpr95,auroc").ThrowIfFail().Count);
        Assert.Equal(AskedNumber.Parse("eer").ThrowIfFail(), AskedNumber.Parse(" eer ").ThrowIfFail());
    }

    /// <summary>Every interval holds the exact number; where there is one, there is the other.</summary>
    internal static void Holds(LevelNumbers exact, LevelNumbers bounded)
    {
        foreach (var (one, between) in exact.Asked.Zip(bounded.Asked))
            if (one.Value.Case is Interval value)
                Assert.True(
                    between.Value.Case is Interval bounds && bounds.Contains(value.Lower),
                    FormattableString.Invariant($"{one.Name}: {value.Lower:R} is not in {between.Value}")
                );
    }

    /// <summary>The numbers without a limit of memory, and within the least that does: the swapped classes may need more than the others.</summary>
    private static IEnumerable<LevelNumbers> Passes(Func<MemoryLimit, Fin<LevelNumbers>> run)
    {
        var least = run(new(0));
        while (least.Case is TooLittleMemory little)
            least = run(new(little.Least));
        return [run(MemoryLimit.None).ThrowIfFail(), least.ThrowIfFail()];
    }

    private static bool Needs(FoundNumber found) => AskedNumber.Parse(found.Name).ThrowIfFail().NeedsNormalScores;

    private static FoundNumber Found(Row[] rows, string name, EvaluationSettings? settings = null) =>
        LevelNumbers
            .Of(RankState.Of(Batching.Rows(rows)), (settings ?? new()) with { Asked = AskedNumber.ParseAll(name).ThrowIfFail() })
            .Asked.Single();
}
