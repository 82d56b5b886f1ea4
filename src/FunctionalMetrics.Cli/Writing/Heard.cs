using System.Text;

namespace FunctionalMetrics.Cli;

/// <summary>Standard output could not be written: its disk is full, or nobody has it open.</summary>
internal sealed class OutputException(Exception cause) : IOException($"standard output cannot be written: {Why(cause)}", cause)
{
    private static string Why(Exception cause) => (cause.InnerException ?? cause).Message.ReplaceLineEndings(" ");
}

/// <summary>Standard output: what cannot be written is an <see cref="OutputException"/>.</summary>
internal sealed class Heard(TextWriter inner) : Guarded(inner)
{
    protected override void Failed(Exception failure) => throw new OutputException(failure);
}

/// <summary>Standard error: where it cannot be written, the exit code alone says what happened.</summary>
internal sealed class Unheard(TextWriter inner) : Guarded(inner)
{
    protected override void Failed(Exception failure) { }
}

/// <summary>A writer whose failures are told.</summary>
internal abstract class Guarded(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Flush() => Try(inner.Flush);

    protected abstract void Failed(Exception failure);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        // what is not open is denied
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failed(failure);
        }
    }
}
