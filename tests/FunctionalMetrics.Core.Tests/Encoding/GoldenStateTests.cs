namespace FunctionalMetrics.Core.Tests;

/// <summary>
/// Files of version 1, as they were written when it was new. They are never written again: every later version must read them, and while
/// version 1 is the one written, write them so.
/// </summary>
public class GoldenStateTests
{
    private static readonly double[] Scores = [0.5f, 0.5f, -3, 0.1, 1e-300, 0.1f, 0, 2.5f, 0.75f, 2.5f, 2.5f, -1e300];

    private static readonly bool[] Labels = [true, false, false, true, true, false, false, true, false, false, true, true];

    [Fact]
    public void Rank_states_of_version_1_load() => Loads("rank", RankState.Codec, RankState.Of(Rows(Scores, Labels)));

    [Fact]
    public void Rank_states_of_ties_of_version_1_load()
    {
        // More than one block of 128 keys, with counts from 1 to 300.
        double[] scores = [.. Enumerable.Range(1, 300).SelectMany(i => Enumerable.Repeat(i / 256.0, i))];
        Loads("rank-tied", RankState.Codec, RankState.Of(Rows(scores, [.. scores.Select(score => score > 1)])));
    }

    [Fact]
    public void Region_states_of_version_1_load() => Loads("region", RegionState.Codec, RegionState.Of(Maps()));

    [Fact]
    public void Image_states_of_version_1_load()
    {
        ImageFacts[] images = [new(), new("good/\u00e4.png", IsAnomalous: true, Score: 0.1), new("crack/1.png")];
        Loads("image", ImageState.Codec, ImageState.Of(Maps().WithImages(images).Valid()));
    }

    [Fact]
    public void Extrema_of_version_1_load() => Loads("extrema", ExtremaState.Codec, ExtremaState.Of(Rows(Scores, Labels).Scores));

    [Fact]
    public void Log_moments_of_version_1_load()
    {
        var maps = Core.Maps.Create(Scores, new MapShape(3, 2, 2)).Valid();
        var state = LogMomentState.Merge(LogMomentState.Of(Rows(Scores, Labels).Scores), LogMomentState.Of(maps));
        Loads("log-moment", LogMomentState.Codec, state);
    }

    [Fact]
    public void Bounded_rank_states_of_version_1_load()
    {
        Loads("bounded-rank", BoundedRankState.Codec, BoundedRankState.Of(Rows(Scores, Labels)));
        Loads("bounded-rank-coarse", BoundedRankState.Codec, BoundedRankState.Of(Rows(Scores, Labels), 3));
    }

    [Fact]
    public void Bounded_region_states_of_version_1_load() =>
        Loads("bounded-region", BoundedRegionState.Codec, BoundedRegionState.Of(RegionState.Of(Maps()), 20));

    [Fact]
    public void Saturated_region_states_of_version_1_load() =>
        Loads("saturated-region", SaturatedRegionState.Codec, SaturatedRegionState.Of(Defects()));

    [Fact]
    public void Empty_states_of_version_1_load()
    {
        Loads("rank-empty", RankState.Codec, RankState.Empty);
        Loads("region-empty", RegionState.Codec, RegionState.Empty);
        Loads("image-empty", ImageState.Codec, ImageState.Empty);
        Loads("extrema-empty", ExtremaState.Codec, ExtremaState.Empty);
        Loads("log-moment-empty", LogMomentState.Codec, LogMomentState.Empty);
        Loads("bounded-rank-empty", BoundedRankState.Codec, BoundedRankState.Empty);
        Loads("bounded-region-empty", BoundedRegionState.Codec, BoundedRegionState.Empty);
        Loads("saturated-region-empty", SaturatedRegionState.Codec, SaturatedRegionState.Empty);
    }

    /// <summary>A kind of state that is added without files of its first version would be free to change its bytes.</summary>
    [Fact]
    public void Every_kind_of_state_has_files_of_its_first_version()
    {
        var files = Directory
            .EnumerateFiles(Repository.Path("tests", "FunctionalMetrics.Core.Tests", "Encoding", "version1"), "*.state")
            .Concat(Directory.EnumerateFiles(Repository.Path("tests", "FunctionalMetrics.IO.Tests", "states"), "*.fms"));
        var found = files.CountBy(file => BitConverter.ToUInt16(File.ReadAllBytes(file), 10)).ToDictionary();
        Assert.All(States.Families, family => Assert.True(found.GetValueOrDefault(family.Id) >= 2, $"{family} has too few files"));
        Assert.Equal(States.Families.Select(family => family.Id), found.Keys.Order());
    }

    /// <summary>Two images; two defects that share pixels, one of float32 scores alone, and one in the other image.</summary>
    private static DefectBatch Defects()
    {
        double[] scores = [.. Scores, .. Scores.Select(score => (double)(float)Math.Clamp(score, -9, 9))];
        bool[] last = [.. Enumerable.Range(0, 12).Select(i => i > 5)];
        var shape = new MapShape(1, 4, 3);
        return DefectBatch
            .Create(
                new(scores, shape with { Count = 2 }),
                [
                    Defect.Create(new(Labels, shape), SaturationThreshold.Share(0.5)).Valid(),
                    Defect.Create(new(last, shape), SaturationThreshold.Pixels(4)).Valid(),
                    Defect.Create(new(last, shape), SaturationThreshold.Pixels(4), 1).Valid(),
                ]
            )
            .Valid();
    }

    private static MapBatch Maps()
    {
        double[] scores = [.. Scores, .. Scores.Select(score => (double)(float)Math.Clamp(score, -9, 9)), .. Scores.Reverse()];
        return MapBatch.Create(scores, (bool[])[.. Labels, .. Labels, .. Labels], new(3, 4, 3)).Valid();
    }

    private static ScoreBatch Rows(double[] scores, bool[] labels) => ScoreBatch.Create(scores, labels).Valid();

    private static void Loads<TState>(string name, StateCodec<TState> codec, TState expected)
        where TState : notnull
    {
        var path = Repository.Path("tests", "FunctionalMetrics.Core.Tests", "Encoding", "version1", name + ".state");
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(expected, codec.Decode(bytes).Valid());
        Assert.Equal(1, Envelope.Version);
        Assert.Equal(bytes, codec.Encode(expected));
    }
}
