using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO;

/// <summary>
/// Writes several files so that either all of them are there and whole, or none is and what stood there before still stands. Each is
/// written to a temporary file beside its target and flushed to the disk; only when all are, they are renamed.
/// </summary>
public static class AtomicFiles
{
    /// <summary>
    /// Writes the files. Missing folders are made. A target that is a link is written where it points; one below /dev or /proc (as
    /// /dev/stdout) cannot be renamed to and is written directly, last.
    /// </summary>
    /// <param name="files">Where to write, and what writes the content into a stream, which it need not close.</param>
    /// <returns>
    /// Nothing, or an <see cref="InputError"/> that says which file could not be written and why. What a content throws itself, such as
    /// <see cref="OperationCanceledException"/>, passes through. In both cases nothing is left behind.
    /// </returns>
    public static Fin<Unit> Write(params ReadOnlySpan<(string Path, Action<Stream> Content)> files)
    {
        var outputs = files.ToArray();
        var rollback = new Rollback();
        var path = "";
        try
        {
            var written = new List<OutputFile>();
            foreach (var (target, content) in outputs)
            {
                path = target;
                written.Add(OutputFile.Write(target, content, rollback));
            }
            foreach (var output in written.OrderBy(output => output.IsDevice))
            {
                path = output.Path;
                output.Commit(rollback);
            }
        }
        catch (Exception e)
        {
            var left = rollback.TakeBack();
            if (e is IOException or UnauthorizedAccessException or NotSupportedException)
                return FinFail<Unit>(new InputError(path, $"cannot be written: {Why(e)}{left}"));
            throw;
        }
        return rollback.Finish() is { Length: > 0 } kept
            ? FinFail<Unit>(new InputError(path, $"is written, but a copy of what it replaced is left{kept}"))
            : FinSucc(unit);
    }

    private static string Why(Exception e) => e is UnauthorizedAccessException ? "permission denied" : Reading.OneLine(e.Message);
}
