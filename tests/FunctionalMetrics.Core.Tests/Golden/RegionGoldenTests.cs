using System.Globalization;
using System.Text.Json;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Regions, PRO and the metrics of pixels against scipy's labels, exact AUPRO and scikit-learn's values.</summary>
public class RegionGoldenTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("regions.json");

    [Theory, MemberData(nameof(Cases))]
    public void Maps_and_masks(string name)
    {
        var golden = GoldenFile.Case("regions.json", name);
        var batch = Batch(golden);
        var state = RegionState.Of(batch);
        Assert.Equal(golden.GetProperty("regions").GetInt64(), state.Regions);
        Same.Bits(golden.Numbers("image_max"), batch.ImageScores.OfType<double>(), "image score");
        RankedGoldenTests.Ranked(golden, state.Rank);
        RankedGoldenTests.Ranked(golden, RankState.Of(batch.Pixels));
        var whole = Aupro.UpTo(1).Compute(state);
        Assert.Equal(whole.IsFail, golden.IsNull("aupro"));
        Assert.Equal(whole.IsFail, golden.IsNull("pro"));
        if (whole.IsFail)
        {
            Golden.Agrees(null, Aupro.Metric.Compute(state).Map(curve => curve.Area), "AUPRO");
            return;
        }
        foreach (var limit in golden.GetProperty("aupro").EnumerateObject())
            Golden.Agrees(
                limit.Value.GetDouble(),
                Aupro.UpTo(double.Parse(limit.Name, CultureInfo.InvariantCulture)).Compute(state).Map(pro => pro.Area),
                $"AUPRO to {limit.Name}"
            );
        var pro = golden.GetProperty("pro");
        Golden.Points((pro.Numbers("fpr"), pro.Numbers("pro"), pro.Numbers("thresholds")), whole.ThrowIfFail().Points);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Overlap_of_each_image(string name)
    {
        var golden = GoldenFile.Case("regions.json", name);
        var state = ImageState.Of(Numbered(Batch(golden)));
        if (golden.IsNull("aupimo"))
        {
            Golden.Agrees(null, Aupimo.Metric.Compute(state).Map(result => result.Mean), "AUPIMO");
            return;
        }
        foreach (var bounds in golden.GetProperty("aupimo").EnumerateObject())
        {
            double[] rates = [.. bounds.Name.Split(':').Select(rate => double.Parse(rate, CultureInfo.InvariantCulture))];
            var found = Aupimo.Between(rates[0], rates[1]).Compute(state);
            Assert.Equal(bounds.Value.ValueKind == JsonValueKind.Null, found.IsFail);
            if (found.IsFail)
                continue;
            var images = found.ThrowIfFail().Images.ToDictionary(image => int.Parse(image.Name.IfNone(""), CultureInfo.InvariantCulture));
            var (image, known) = (0, 0);
            foreach (var expected in bounds.Value.EnumerateArray())
            {
                Assert.Equal(expected.ValueKind != JsonValueKind.Null, images.ContainsKey(image));
                if (images.TryGetValue(image++, out var curve) && ++known > 0)
                    Golden.Agrees(expected.GetDouble(), curve.Area, $"AUPIMO of image {image} from {bounds.Name}");
            }
            Assert.Equal(known, images.Count);
        }
    }

    private static MapBatch Numbered(MapBatch batch) =>
        batch.WithImages(Enumerable.Range(0, batch.Shape.Count).Select(image => new ImageFacts($"{image}"))).Valid();

    [Theory, MemberData(nameof(Cases))]
    public void Regions_are_numbered_as_scipy_numbers_them(string name)
    {
        var golden = GoldenFile.Case("regions.json", name);
        var (height, width) = (golden.GetProperty("height").GetInt32(), golden.GetProperty("width").GetInt32());
        var mask = Batch(golden).Mask;
        JsonElement[] images = [.. golden.GetProperty("labels").EnumerateArray()];
        JsonElement[] counts = [.. golden.GetProperty("regions_per_image").EnumerateArray()];
        for (var image = 0; image < images.Length; image++)
        {
            var labels = RegionLabels.Of(mask, image * height * width, height, width);
            var found = new int[height * width];
            for (var i = 0; i < labels.Runs.Length; i++)
                found.AsSpan(labels.Runs[i].Start..labels.Runs[i].End).Fill(labels.Region[i] + 1);
            Assert.Equal(images[image].EnumerateArray().Select(label => label.GetInt32()), found);
            Assert.Equal(counts[image].GetInt32(), labels.Count);
        }
    }

    private static MapBatch Batch(JsonElement golden)
    {
        double[] scores = [.. golden.GetProperty("maps").EnumerateArray().SelectMany(GoldenFile.Numbers)];
        bool[] mask = [.. golden.GetProperty("masks").EnumerateArray().SelectMany(GoldenFile.Labels)];
        var shape = new MapShape(
            golden.GetProperty("maps").GetArrayLength(),
            golden.GetProperty("height").GetInt32(),
            golden.GetProperty("width").GetInt32()
        );
        return (
            golden.IsNarrow()
                ? MapBatch.Create(Array.ConvertAll(scores, score => (float)score), mask, shape)
                : MapBatch.Create(scores, mask, shape)
        ).Valid();
    }
}
