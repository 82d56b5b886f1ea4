using FsCheck.Xunit;

namespace FunctionalMetrics.IO.Tests;

public sealed class ReadAheadTests
{
    [Property(MaxTest = 50)]
    public void Elements_and_exceptions_come_as_without_it(int[] items, byte fails)
    {
        Assert.Equal(Said(Made()), Said(ReadAhead.Of(Made(), default)));

        IEnumerable<int> Made()
        {
            for (var i = 0; i < items.Length; i++)
                yield return i == fails ? throw new InvalidOperationException("no more") : items[i];
        }

        static List<string> Said(IEnumerable<int> numbers)
        {
            var said = new List<string>();
            try
            {
                foreach (var number in numbers)
                    said.Add($"{number}");
            }
            catch (InvalidOperationException exception)
            {
                said.Add(exception.Message);
            }
            return said;
        }
    }

    [SkippableFact]
    public void Two_elements_are_made_ahead_and_none_once_it_is_disposed_of()
    {
        Skip.If(Environment.ProcessorCount == 1, "on one processor nothing is made ahead");
        using var begun = new SemaphoreSlim(0);
        var (count, disposed) = (0, false);
        var numbers = ReadAhead.Of(Made(), default).GetEnumerator();
        Assert.True(numbers.MoveNext());
        Assert.Equal(1, numbers.Current);
        // the one that is given, the one that waits, and the one that is made
        for (var i = 0; i < 3; i++)
            Assert.True(begun.Wait(TimeSpan.FromSeconds(30)));
        Assert.False(begun.Wait(TimeSpan.FromMilliseconds(100)));
        numbers.Dispose();
        Assert.True(disposed);
        Assert.Equal(3, count);

        IEnumerable<int> Made()
        {
            try
            {
                while (true)
                {
                    begun.Release();
                    yield return ++count;
                }
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Fact]
    public void Cancelling_ends_it_also_while_an_element_is_waited_for()
    {
        using var cancel = new CancellationTokenSource();
        using var taken = new ManualResetEventSlim();
        using var numbers = ReadAhead.Of(Made(), cancel.Token).GetEnumerator();
        Assert.True(numbers.MoveNext());
        taken.Set();
        Assert.ThrowsAny<OperationCanceledException>(() => numbers.MoveNext());

        IEnumerable<int> Made()
        {
            yield return 1;
            taken.Wait();
            cancel.Cancel();
            cancel.Token.ThrowIfCancellationRequested();
            yield return 2;
        }
    }

    [Fact]
    public void Nothing_is_begun_before_the_first_element_is_asked_for() =>
        Assert.NotNull(ReadAhead.Of(Enumerable.Range(0, 1).Select<int, int>(_ => throw new InvalidOperationException()), default));

    [Fact]
    public void A_folder_of_pictures_of_several_sizes_and_types_is_read_as_one_by_one()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            var (height, width) = (1 + i % 3, 2 + i % 2);
            float[] scores = [.. Enumerable.Range(0, height * width).Select(_ => random.NextSingle())];
            byte[] labels = [.. scores.Select(score => (byte)(score > 0.5 ? 255 : 0))];
            folder.Write(
                $"anomaly_maps/a/{i:00}.{(i % 4 == 0 ? "png" : "tiff")}",
                i % 4 == 0 ? Make.Png(width, height, [.. scores.Select(score => (byte)(255 * score))]) : Make.Tiff(width, height, scores)
            );
            folder.Write($"ground_truth/a/{i:00}.png", Make.Png(width, height, labels));
        }
        var data = MapDataset.TryOpen(folder.Path).Good();
        var kept = data.TryRead().Select(part => part.Good()).ToList();
        Assert.Equal(data.Names, kept.SelectMany(maps => maps.Names));
        for (var i = 0; i < 40; i++)
        {
            using var map = ImageReader.Open(Directory.GetFiles(folder.File("anomaly_maps/a"), $"{i:00}.*").Single());
            using var mask = ImageReader.Open(folder.File($"ground_truth/a/{i:00}.png"));
            Assert.Equal(
                map.Next(1) is float[] single
                    ? single.Select(value => (double)value)
                    : ((byte[])map.Next(1)).Select(value => (double)value),
                kept[i].Batch.Maps.Pixels().Values
            );
            Assert.Equal(((byte[])mask.Next(1)).Select(value => value == 255), kept[i].Batch.MaskPixels());
        }
    }
}
