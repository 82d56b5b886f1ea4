using System.IO.Hashing;

namespace FunctionalMetrics.IO;

/// <summary>Passes a stream on and compares its CRC-32 at its end, which ZipArchive does not.</summary>
internal sealed class CheckedStream(Stream inner, string path, uint expected) : Stream
{
    private readonly Crc32 crc = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        crc.Append(buffer[..read]);
        if (read == 0 && buffer.Length > 0 && crc.GetCurrentHashAsUInt32() != expected)
            throw new InputException(path, "is damaged: its CRC-32 is not the one that the archive gives");
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
