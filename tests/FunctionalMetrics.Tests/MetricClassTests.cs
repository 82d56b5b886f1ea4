using System.Linq.Expressions;
using FsCheck;
using FsCheck.Xunit;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

public sealed class MetricClassTests
{
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8];
    private static readonly bool[] Labels = [false, false, true, true];

    [Fact]
    public void It_reads_as_torchmetrics_does()
    {
        var auroc = new AurocMetric();
        auroc = auroc.Update(Scores[..2], Labels[..2]);
        auroc = auroc.Update(Scores[2..], Labels[2..]);

        Assert.Equal(0.75, auroc.Compute());
        Assert.True(auroc.HigherIsBetter);
        Assert.Null(new MinMaxMetric().HigherIsBetter);
        Assert.Equal(0.75, auroc.Curve().Area);
        Assert.Equal(0.75, new AurocMetric().Update((float[])[0.1f, 0.4f, 0.35f, 0.8f], (byte[])[0, 0, 1, 1]).Compute());
    }

    [Fact]
    public void Collection_expressions_are_read_as_arrays_are()
    {
        var auroc = new AurocMetric().Update(Scores, Labels);
        Assert.Equal(auroc, new AurocMetric().Update([0.1, 0.4, 0.35, 0.8], [false, false, true, true]));
        Assert.Equal(auroc, new AurocMetric().Update([0.1, .. Scores[1..]], Labels));
        Assert.Equal(auroc, new AurocMetric().Update(Scores, [false, false, .. Labels[2..]]));
        Assert.Equal(
            new AurocMetric().Update((float[])[0.1f, 0.4f], (byte[])[0, 1]),
            new AurocMetric().Update([0.1f, 0.4f], [false, true])
        );
        Assert.Equal(new AurocMetric(), new AurocMetric().Update([], []));

        Assert.Equal(new MinMaxResult(0.1, 0.4), new MinMaxMetric().Update([0.1, 0.4]).Compute());
        Assert.Equal(new MinMaxResult(0.1, 0.4), new MinMaxMetric().Update([0.1, 0.4], [false, true]).Compute());
        Assert.Equal(1, new AuproMetric().Update([0.1, 0.9, 0.2, 0.3], [false, true, false, false], new MapShape(1, 2, 2)).Compute());
        Assert.Throws<InvalidBatchException>(() => new AurocMetric().Update([0.1, double.NaN], [false, true]));
    }

    [Fact]
    public void Each_class_computes_what_the_core_does()
    {
        var (state, batch) = (RankState.Of(Samples.Batch(Scores, Labels)), Samples.Batch(Scores, Labels));

        Assert.Equal(Samples.Value(Aupr.Metric.Compute(state)).Area, new AuprMetric().Update(batch).Compute());
        Assert.Equal(Samples.Value(AveragePrecision.Metric.Compute(state)).Value, new AveragePrecisionMetric().Update(batch).Compute());
        Assert.Equal(Samples.Value(OptimalF1.Metric.Compute(state)), new OptimalF1Metric().Update(batch).Compute().Core);
        Assert.Equal(0.35, new AdaptiveThresholdMetric().Update(batch).Compute());
        Assert.Equal(0.25, new AdaptiveThresholdMetric(defaultValue: 0.25).Compute());
        Assert.Equal(new MinMaxResult(0.1, 0.8), new MinMaxMetric().Update(Scores).Compute());
        Assert.Equal(new MinMaxResult(0.1, 0.8), new MinMaxMetric().Update(Scores, Labels).Compute());
        Assert.Equal(4, new AnomalyScoreDistributionMetric().Update(Scores).Compute().Scores?.Count);
        Assert.Equal(
            2,
            new AnomalyScoreDistributionMetric()
                .Update(
                    new double[2, 1, 1]
                    {
                        {
                            { 1 },
                        },
                        {
                            { 2 },
                        },
                    }
                )
                .Compute()
                .Maps?.Count
        );
    }

    [Fact]
    public void Pixel_classes_read_maps_and_masks()
    {
        var (maps, masks) = (
            new float[,,]
            {
                {
                    { 0.1f, 0.9f },
                    { 0.2f, 0.3f },
                },
            },
            new bool[,,]
            {
                {
                    { false, true },
                    { false, false },
                },
            }
        );
        var flat = new AuproMetric().Update((float[])[0.1f, 0.9f, 0.2f, 0.3f], (bool[])[false, true, false, false], new MapShape(1, 2, 2));

        Assert.Equal(1, new PixelAurocMetric().Update(maps, masks).Compute());
        Assert.Equal(flat, new AuproMetric(fprLimit: 0.3).Update(maps, masks));
        Assert.Equal(1, flat.Compute());
        Assert.Equal(0.3, flat.Curve().Limit);
        Assert.Equal(0.05, (flat with { FprLimit = 0.05 }).Curve().Limit);
        Assert.Equal(new MinMaxResult(0.1f, 0.9f), new PixelMinMaxMetric().Update(maps, masks).Compute());
    }

    [Fact]
    public void Updating_leaves_the_old_value_as_it_was()
    {
        var empty = new AurocMetric();
        var first = empty.Update(Scores, Labels);
        var second = first.Update(Scores, Labels);

        Assert.Equal(new AurocMetric(), empty);
        Assert.Equal((0, 4, 8), (empty.State.Rows, first.State.Rows, second.State.Rows));
    }

    [Property]
    public bool Merging_equals_one_pass(NormalFloat[] left, NormalFloat[] right)
    {
        var (a, b) = (Batch(left), Batch(right));
        var (merged, other) = (
            new AurocMetric().Update(a) + new AurocMetric().Update(b),
            new AurocMetric().Update(b).Merge(new AurocMetric().Update(a))
        );
        var once = new AurocMetric().Update(a).Update(b);
        return merged == once && other == once && merged.GetHashCode() == once.GetHashCode();
    }

    [Fact]
    public void Equality_is_that_of_state_and_parameters()
    {
        Assert.Equal(new AuproMetric(), new AuproMetric(0.3));
        Assert.NotEqual(new AuproMetric(), new AuproMetric(0.05));
        Assert.NotEqual(new AurocMetric(), new AurocMetric().Update(Scores, Labels));
    }

    [Fact]
    public void Metrics_of_other_parameters_cannot_be_merged()
    {
        var error = Assert.Throws<ArgumentException>(() => new AuproMetric(0.3) + new AuproMetric(0.05));
        Assert.Contains("same parameters", error.Message);
    }

    [Fact]
    public void An_invalid_batch_carries_the_faults_of_the_core()
    {
        var error = Assert.Throws<InvalidBatchException>(() => new AurocMetric().Update((double[])[1, double.NaN], (byte[])[2, 0]));
        Assert.Equal(new Fault.NotFinite("scores", 1, "scores[1]", double.NaN, 1), error.Faults[0]);
        Assert.Equal(new Fault.NotALabel("labels", 0, "labels[0]", 2, 1), error.Faults[1]);
        Assert.Equal(string.Join('\n', error.Faults.Select(fault => fault.Message)), error.Message);
    }

    [Fact]
    public void An_undefined_metric_carries_the_error_of_the_core()
    {
        var metric = new AurocMetric().Update((double[])[1, 2], (bool[])[true, true]);
        var error = Assert.Throws<UndefinedMetricException>(() => metric.Compute());
        var core = new Undefined("AUROC", Missing.NormalRow, 2);

        Assert.Equal(core, error.Error);
        Assert.Equal(core.Reason, error.Message);
        Assert.False(metric.TryCompute(out _, out var reason));
        Assert.Equal(core, reason);
    }

    [Fact]
    public void A_parameter_outside_of_its_range_is_refused_where_it_is_given()
    {
        var aupro = new AuproMetric();
        foreach (var given in (Func<object>[])[() => new AuproMetric(fprLimit: 1.5), () => aupro with { FprLimit = 3 }])
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(given);
            Assert.Equal("fprLimit", error.ParamName);
            Assert.Contains("it must lie in (0, 1]", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal("bits", Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedAuproMetric(bits: 25)).ParamName);
        Assert.Equal("fprLimit", Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedAuproMetric(fprLimit: 0)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelAdaptiveThresholdMetric(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => AuproMetric.FromBytes(aupro.ToBytes(), fprLimit: 2));
        Assert.Equal(0.05, (aupro with { FprLimit = 0.05 }).FprLimit);
    }

    [Fact]
    public void Ranges_that_depend_on_each_other_are_judged_together()
    {
        var areas = new AupimoMetric(lo: 0.02, hi: 0.5);
        Assert.Equal((0.02, 0.5), (areas.Lo, areas.Hi));
        Assert.Equal((0.2, 0.5), (new LogAurocMetric(0.2, 0.5).Lo, new PixelBoundedLogAurocMetric(8, 0.2, 0.5).Hi));
        Assert.Equal(0.4, (areas with { Hi = 0.4 }).Hi);
        Assert.NotEqual(areas, new AupimoMetric(lo: 0.02, hi: 0.4));
        Assert.Equal("lo", Assert.Throws<ArgumentOutOfRangeException>(() => new AupimoMetric(0.5, 0.02)).ParamName);
        Assert.Equal("lo", Assert.Throws<ArgumentOutOfRangeException>(() => areas with { Lo = 1 }).ParamName);
        Assert.Equal("hi", Assert.Throws<ArgumentOutOfRangeException>(() => areas with { Hi = 1.5 }).ParamName);
    }

    [Fact]
    public void Values_that_go_together_are_set_in_any_order()
    {
        var areas = new AupimoMetric(lo: 0.02, hi: 0.5);
        Assert.Equal(new AupimoMetric(0.6, 0.9), areas with { Lo = 0.6, Hi = 0.9 });
        Assert.Equal(new AupimoMetric(1e-7, 1e-6), areas with { Hi = 1e-6, Lo = 1e-7 });
        Assert.Equal(new LogAurocMetric(0.6, 0.9), new LogAurocMetric() with { Lo = 0.6, Hi = 0.9 });
        var alone = areas with { Lo = 0.6 };
        var refused = Assert.Throws<UndefinedMetricException>(() => alone.Compute());
        Assert.Contains("0.5; it must lie in (0.6, 1]", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Every class of a metric with parameters refuses each that its core metric refuses; none keeps a value that gives an OutOfRange.</summary>
    [Theory]
    [MemberData(nameof(WithNumbers))]
    public void No_class_keeps_a_number_that_its_core_refuses(Type type)
    {
        var parameters = type.GetConstructors()[0].GetParameters();
        foreach (var parameter in parameters)
        foreach (var value in (double[])[-1, 0, 1, 2, 1e9])
            try
            {
                object?[] given =
                [
                    .. parameters.Select(other => other == parameter ? Convert.ChangeType(value, other.ParameterType) : other.DefaultValue),
                ];
                var undefined = ((IMetric)type.GetConstructors()[0].Invoke(given)).Numbers();
                Assert.DoesNotContain(undefined, number => number.Reason is OutOfRange);
            }
            catch (System.Reflection.TargetInvocationException refused)
            {
                Assert.Equal(parameter.Name, Assert.IsType<ArgumentOutOfRangeException>(refused.InnerException).ParamName);
            }
    }

    public static TheoryData<Type> WithNumbers =>
        [
            .. Gallery.Metrics.Where(type =>
                type.GetConstructors()[0].GetParameters().Any(parameter => parameter.ParameterType != typeof(string))
            ),
        ];

    public static TheoryData<Type> Classes => [.. Gallery.Metrics];

    [Theory]
    [MemberData(nameof(Classes))]
    public void States_go_to_bytes_and_back(Type type)
    {
        var seen = Gallery.Seen(type);
        var bytes = (byte[])type.GetMethod("ToBytes")!.Invoke(seen, null)!;

        Assert.Equal(seen, FromBytes(type, bytes));
        var error = Assert.Throws<InvalidStateException>(() => FromBytes(type, bytes[..^1]));
        Assert.Equal(Assert.Single(error.Faults).Message, error.Message);
    }

    private static object FromBytes(Type type, byte[] bytes)
    {
        var read = type.GetMethod("FromBytes")!;
        var call = Expression.Call(
            read,
            [
                Expression.Convert(Expression.Constant(bytes), typeof(ReadOnlySpan<byte>)),
                .. read.GetParameters()[1..].Select(parameter => Expression.Constant(parameter.DefaultValue, parameter.ParameterType)),
            ]
        );
        return Expression.Lambda<Func<object>>(Expression.Convert(call, typeof(object))).Compile()();
    }

    [Fact]
    public void Bytes_of_another_metric_are_refused_with_the_sentence_of_the_fault()
    {
        var error = Assert.Throws<InvalidStateException>(() => AuproMetric.FromBytes(new AurocMetric().ToBytes()));
        Assert.NotEmpty(error.Message);
        Assert.Equal(error.Faults[0].Message, error.Message);
    }

    [Fact]
    public void A_resolution_is_that_of_the_state_it_keeps()
    {
        var coarse = new BoundedAurocMetric(bits: 4).Update(Scores, Labels);
        Assert.Equal(4, coarse.State.Bits);
    }

    [Fact]
    public void Trying_gives_the_value_where_there_is_one()
    {
        Assert.True(new AurocMetric().Update(Scores, Labels).TryCompute(out var value));
        Assert.Equal(0.75, value);
        Assert.False(new MinMaxMetric().TryCompute(out var range));
        Assert.Null(range);
    }

    [Fact]
    public void Every_metric_of_the_core_has_its_classes()
    {
        var metrics =
            from type in typeof(Auroc).Assembly.GetExportedTypes()
            where
                type.GetProperty("Metric", System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)?.PropertyType.Name
                == "Metric`3"
            select (type.Name, Batch: type.GetProperty("Metric")!.PropertyType.GetGenericArguments()[0]);
        var classes = typeof(AurocMetric).Assembly.GetExportedTypes().Select(type => type.Name).ToHashSet();

        Assert.NotEmpty(metrics);
        Assert.All(metrics, metric => Assert.Contains($"{metric.Name}Metric", classes));
        Assert.All(
            metrics.Where(metric => metric.Batch != typeof(MapBatch) && metric.Batch != typeof(DefectBatch)),
            metric => Assert.Contains($"Pixel{metric.Name}Metric", classes)
        );
    }

    private static ScoreBatch Batch(NormalFloat[] scores) =>
        Samples.Batch([.. scores.Select(score => score.Get)], [.. scores.Select((_, i) => i % 3 == 0)]);
}
