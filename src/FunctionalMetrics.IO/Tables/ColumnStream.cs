namespace FunctionalMetrics.IO;

/// <summary>
/// A Parquet file up to where the pages of a column end, which were looked at. Parquet.Net reads on, as if what follows were pages too, where the values of
/// a column are fewer than its pages claim.
/// </summary>
internal sealed class ColumnStream(FileStream file, string path) : Stream
{
    /// <summary>Where reading ends; all of the file unless set.</summary>
    public long End { get; set; } = file.Length;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var left = End - file.Position;
        if (left <= 0 && !buffer.IsEmpty && End < file.Length)
            throw new InputException(path, "is damaged: a column has fewer values than its pages claim");
        return left <= 0 ? 0 : file.Read(buffer[..(int)Math.Min(left, buffer.Length)]);
    }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
