using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO;

/// <summary>The edges of readers: where exceptions become values, and where files are opened.</summary>
internal static class Reading
{
    /// <summary>What is said of a file that is too large for the machine, and perhaps sound.</summary>
    private const string ShortOfMemory =
        "takes more memory than there is; fmetrics evaluate --max-memory 1GB and --approximate 16 need less, and so do parts of it, merged";

    /// <summary>Runs a reader; everything that can be wrong with its input becomes an <see cref="InputError"/>.</summary>
    public static Fin<A> Try<A>(string path, Func<A> read)
    {
        try
        {
            return FinSucc(read());
        }
        catch (InputException e)
        {
            return FinFail<A>(e.Error);
        }
        catch (OutOfMemoryException)
        {
            return FinFail<A>(new InputError(path, ShortOfMemory));
        }
        catch (UnauthorizedAccessException e)
        {
            // what is denied may be a folder below the path, which the message names
            return FinFail<A>(new InputError(path, $"cannot be opened: {OneLine(e.Message)}"));
        }
        catch (IOException e)
        {
            return FinFail<A>(new InputError(path, $"cannot be read: {OneLine(e.Message)}"));
        }
    }

    /// <summary>What was read, or the exception with the same error.</summary>
    public static A OrThrow<A>(Fin<A> read) => read.Match(found => found, error => throw new InputException((InputError)error));

    /// <summary>
    /// Runs a decoder on bytes that anyone may have written. Decoders stop at damaged bytes with exceptions of every kind (index, overflow,
    /// argument, null), and each of them says the same about the file.
    /// </summary>
    public static A Decode<A>(string path, string format, Func<A> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception e)
            when (e is not (InputException or OperationCanceledException or UnauthorizedAccessException or OutOfMemoryException))
        {
            throw new InputException(path, $"is damaged or not a {format} file: {OneLine(e.Message)}", e);
        }
    }

    /// <summary>Opens an existing, non-empty file for reading.</summary>
    public static FileStream Open(string path)
    {
        RequireFile(path);
        // To open a pipe waits until somebody writes to it.
        if (LengthOf(path) == 0)
            throw new InputException(path, "is an empty file, or a pipe or device; a regular file with content is needed");
        var stream = OpenAny(path);
        if (stream.CanSeek && stream.Length > 0)
            return stream;
        var problem = stream.CanSeek ? "is an empty file" : "is not a regular file";
        stream.Dispose();
        throw new InputException(path, problem);
    }

    /// <summary>How long a file is, without opening it.</summary>
    private static long LengthOf(string path)
    {
        try
        {
            return new FileInfo(File.ResolveLinkTarget(path, true)?.FullName ?? path).Length;
        }
        catch (IOException e) when (new FileInfo(path).LinkTarget is not null)
        {
            throw new InputException(path, "is a link that leads to no file: symbolic links follow each other in a circle, or too many", e);
        }
    }

    /// <summary>Fails unless there is something at the path and it is no folder.</summary>
    public static void RequireFile(string path)
    {
        if (Directory.Exists(path))
            throw new InputException(path, "is a folder; a file is needed here");
        if (!File.Exists(path))
            throw NamePattern.Missing(path);
    }

    /// <summary>The extension in lower case, with its dot.</summary>
    public static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();

    /// <summary>Messages of libraries and of the system, fit to stand inside one sentence on one line.</summary>
    public static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Trim();

    private static FileStream OpenAny(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException(path, "cannot be opened: permission denied", e);
        }
    }
}
