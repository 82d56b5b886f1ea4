using Parquet;
using Parquet.Schema;

namespace FunctionalMetrics.IO.Tests;

public sealed class ParquetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Task<string> Write<T>(T[] scores, params string?[] labels)
        where T : struct =>
        Write(new DataField<T>("score"), new DataField<string>("label"), (group, s, l) => WriteBoth(group, s, scores, l, labels));

    private static async Task WriteBoth<T>(ParquetRowGroupWriter group, DataField score, T[] scores, DataField label, string?[] labels)
        where T : struct
    {
        await group.WriteAsync<T>(score, scores.AsMemory());
        await group.WriteAsync(label, labels!);
    }

    private async Task<string> Write(
        DataField score,
        DataField label,
        params Func<ParquetRowGroupWriter, DataField, DataField, Task>[] groups
    )
    {
        var path = folder.File($"{Guid.NewGuid():N}.parquet");
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(score, label), file);
        foreach (var write in groups)
        {
            using var group = writer.CreateRowGroup();
            await write(group, score, label);
        }
        return path;
    }

    [Fact]
    public async Task Floats_keep_their_width_and_integers_become_doubles()
    {
        ScoreFile.TryRead(await Write<float>([2, 0.1f], "a", "b")).Good().Sorted().Hold(true, 0.1f, 2);
        ScoreFile.TryRead(await Write<double>([2, 0.1], "a", "b")).Good().Sorted().Hold(false, 0.1, 2);
        ScoreFile.TryRead(await Write<int>([2, -1], "a", "b")).Good().Sorted().Hold(false, -1.0, 2);
        ScoreFile.TryRead(await Write<long>([1L << 40, -1], "a", "b")).Good().Sorted().Hold(false, -1.0, 1L << 40);
        Assert.Equal(new double[] { 1.0, 2 }, ScoreFile.TryRead(await Write<byte>([2, 1], "a", "b")).Good().Sorted().Values);
    }

    [Fact]
    public async Task Decimals_become_the_nearest_doubles()
    {
        decimal[] decimals = [0.1m, -1.2345m, 123456789012.3456m];
        var path = await Write(
            new DecimalDataField("score", 18, 4),
            new DataField<string>("label"),
            async (group, score, label) =>
            {
                await group.WriteAsync<decimal>(score, decimals);
                await group.WriteAsync(label, new[] { "0", "1", "1" });
            }
        );
        Assert.Equal([-1.2345, 123456789012.3456], ScoreFile.TryReadLabelled(path).Good().PositiveScores().Order());
        ScoreFile.TryRead(path).Good().Sorted().Hold(false, -1.2345, 0.1, 123456789012.3456);
    }

    [Fact]
    public async Task A_whole_number_that_no_score_equals_is_named_with_its_row() =>
        Assert.EndsWith(
            "row 2, column 'score': 9007199254740993 is equalled by no float64; scores are numbers that float64 holds",
            ScoreFile.TryRead(await Write<long>([1, (1L << 53) + 1], "a", "b")).Sentence()
        );

    [Fact]
    public async Task Row_groups_are_joined_in_order()
    {
        var path = await Write(
            new DataField<double>("score"),
            new DataField<bool>("label"),
            async (group, score, label) =>
            {
                await group.WriteAsync<double>(score, new double[] { 1, 2 });
                await group.WriteAsync<bool>(label, new[] { true, false });
            },
            async (group, score, label) =>
            {
                await group.WriteAsync<double>(score, new double[] { 3 });
                await group.WriteAsync<bool>(label, new[] { true });
            }
        );
        var batch = ScoreFile.TryReadLabelled(path).Good();
        Assert.Equal([1, 3], batch.PositiveScores());
        Assert.Equal([2], batch.NegativeScores());
    }

    [Fact]
    public async Task Labels_may_be_numbers_or_text()
    {
        var integers = await Write(
            new DataField<float>("score"),
            new DataField<int>("label"),
            async (group, score, label) =>
            {
                await group.WriteAsync<float>(score, new float[] { 1, 2 });
                await group.WriteAsync<int>(label, new[] { 0, 1 });
            }
        );
        Assert.Equal(new double[] { 2 }, ScoreFile.TryReadLabelled(integers).Good().PositiveScores());
        var floats = await Write(
            new DataField<float>("score"),
            new DataField<double>("label"),
            async (group, score, label) =>
            {
                await group.WriteAsync<float>(score, new float[] { 1, 2 });
                await group.WriteAsync<double>(label, new[] { 0, 0.5 });
            }
        );
        Assert.Contains("row 2, column 'label': 0.5 is not 0 or 1", ScoreFile.TryReadLabelled(floats).Sentence());
        Assert.Equal(
            new double[] { 2 },
            ScoreFile.TryReadLabelled(await Write<float>([1, 2], "ok", "bad"), positiveLabels: ["bad"]).Good().PositiveScores()
        );
        Assert.Equal(new double[] { 2 }, ScoreFile.TryReadLabelled(await Write<float>([1, 2], "false", "True")).Good().PositiveScores());
        Assert.Contains("--positive-label", ScoreFile.TryReadLabelled(await Write<float>([1, 2], "ok", "bad")).Sentence());
    }

    [Fact]
    public async Task Nulls_are_refused_by_row()
    {
        var path = await Write(
            new DataField<double?>("score"),
            new DataField<bool?>("label"),
            async (group, score, label) =>
            {
                await group.WriteAsync<double>(score, new double?[] { 1, null, 3 });
                await group.WriteAsync<bool>(label, new bool?[] { true, false, null });
            }
        );
        Assert.EndsWith("row 2, column 'score': is null; a value is needed", ScoreFile.TryReadLabelled(path).Sentence());
        Assert.EndsWith(
            "row 2, column 'label': is null; a value is needed",
            ScoreFile.TryReadLabelled(await Write<double>([1, 2], "1", null)).Sentence()
        );
        var whole = await Write(
            new DataField<double?>("score"),
            new DataField<bool?>("label"),
            async (group, score, label) =>
            {
                await group.WriteAsync<double>(score, new double?[] { 1, 3 });
                await group.WriteAsync<bool>(label, new bool?[] { true, false });
            }
        );
        Assert.Equal(new double[] { 1 }, ScoreFile.TryReadLabelled(whole).Good().PositiveScores());
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        Assert.EndsWith(
            "row 2, column 'score': NaN is not a finite number",
            ScoreFile.TryRead(await Write<float>([1, float.NaN], "a", "b")).Sentence()
        );
        Assert.EndsWith(
            "has no column 'y'; its columns are 'score', 'label' (--score-column or --score-columns of compare, --label-column and --file-column name those to read)",
            ScoreFile.TryRead(await Write<float>([1], "a"), "y").Sentence()
        );
        Assert.Contains("holds text; numbers are needed", ScoreFile.TryRead(await Write<float>([1], "a"), "label").Sentence());
        Assert.Contains(
            "is damaged or not a Parquet file",
            ScoreFile.TryRead(folder.Write("a.parquet", "score,label\n1,2\n3,4\n")).Sentence()
        );
    }

    [Fact]
    public async Task A_truncated_file_is_an_error()
    {
        var bytes = await File.ReadAllBytesAsync(await Write<float>([1, 2, 3], "0", "1", "0"));
        Assert.Contains("Parquet", ScoreFile.TryReadLabelled(folder.Write("cut.parquet", bytes[..^20])).Sentence());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(0x3C)]
    public async Task A_footer_that_does_not_end_is_an_error_and_not_a_wait(byte insteadOfStop)
    {
        var bytes = Make.Parquet([1, 2], ["0", "1"]);
        bytes[^9] = insteadOfStop;
        var path = folder.Write("endless.parquet", bytes);
        var reading = Task.Run(() => ScoreFile.TryReadLabelled(path).Sentence());
        Assert.Same(reading, await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(20))));
        Assert.Contains("its footer ", await reading);
    }
}
