using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>A height that is drawn again is that of the curve that is drawn.</summary>
public class CurveBandTests
{
    private static readonly EvaluationSettings Settings = new() { Asked = LanguageExt.Prelude.toArray(CurveBands.Numbers(0.3)) };

    [Fact]
    public void Heights_are_those_of_the_outlines() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var state = sample
                    .Images.Select(image => RegionState.Of(Batching.Images([image])))
                    .Aggregate(RegionState.Empty, RegionState.Merge);
                var (roc, pr, pro) = (
                    Auroc.Metric.Compute(state.Rank).Map(curve => curve.Outline),
                    Aupr.Metric.Compute(state.Rank).Map(curve => curve.Outline),
                    Aupro.UpTo(1).Compute(state).Map(curve => curve.Outline)
                );
                var found = LevelNumbers.Of(state, Settings).Asked;
                Assert.Equal(3 * 26, found.Length);
                foreach (var height in found)
                {
                    var (curve, x) = CurveBands.Read(height.Name)!.Value;
                    var outline = curve switch
                    {
                        "roc" => roc,
                        "pro" => pro,
                        _ => pr,
                    };
                    var expected = outline.Bind(points => Interpolation.At(points.X.AsSpan(), points.Y.AsSpan(), x));
                    Assert.Equal(expected.IsSucc, height.Value.IsSucc);
                    if (expected.IsSucc)
                        Assert.Equal(expected.ThrowIfFail(), height.Value.ThrowIfFail().Lower, 1e-12);
                }
            },
            150
        );
}
