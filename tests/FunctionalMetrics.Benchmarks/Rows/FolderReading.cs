using FunctionalMetrics.TestSupport;

namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// The command-line tool as a whole process on a folder of float32 TIFF maps and PNG masks of 1024 x 1024, beside OpenCV, which wrote them and reads
/// the same files, and the numbers of the same pixels in memory.
/// </summary>
internal static class FolderReading
{
    private const int Side = 2 * Workload.Side;

    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        using var folder = new TemporaryFolder();
        var large = inputs.Large;
        string[] files;
        try
        {
            files = OpenCvPeer.Write(folder.Path, large, Side);
        }
        catch (Exception missing) when (missing is DllNotFoundException or TypeInitializationException)
        {
            throw new InvalidOperationException("this row needs OpenCV, which is not there", missing);
        }
        Func<double>[] measures =
        [
            () => Once(() => PixelResults.Of(large.State())),
            () => Once(() => OpenCvPeer.Read(files)),
            () => Once(() => EvaluateProcess.Evaluate(2, folder.Path)),
        ];
        Timing.ByTurns(measures, 1);
        var times = Timing.ByTurns(measures, 5);
        var (memory, reading, process) = (times[0], times[1], times[2]);
        yield return new(
            $"`fmetrics evaluate` on a folder of {files.Length / 2} float32 TIFF maps and PNG masks of {Side} x {Side}, two processors, relative to OpenCV's reading and the time in memory",
            "1.5",
            "",
            Spread.Of(process.Select((seconds, turn) => seconds / (memory[turn] + reading[turn]))),
            "times"
        )
        {
            Note = $"{Spread.Of(process)} s; OpenCV reads the files in {Spread.Of(reading)} s; in memory {Spread.Of(memory)} s",
        };

        static double Once(Action work) => Timing.Once(1e9, 0, _ => work());
    }
}
