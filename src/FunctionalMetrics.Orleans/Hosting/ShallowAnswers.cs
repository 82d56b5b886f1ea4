using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// Ends a connection to Redis whose answers hold arrays in arrays without end: the client library follows them down to the end of the stack, which ends
/// the process.
/// </summary>
internal sealed class ShallowAnswers : Tunnel
{
    public override ValueTask<Stream?> BeforeAuthenticateAsync(
        EndPoint endpoint,
        ConnectionType connectionType,
        Socket? socket,
        CancellationToken cancellationToken
    ) => new(socket is null ? null : new AnswerStream(new NetworkStream(socket, true)));
}

/// <summary>What comes in is looked at on its way; what goes out is not.</summary>
internal sealed class AnswerStream(Stream inner) : Stream
{
    private readonly AnswerDepth depth = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Seen(buffer.AsSpan(offset, count), inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Seen(buffer, inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Seen(buffer.Span, read);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Seen(Span<byte> buffer, int read) =>
        depth.Takes(buffer[..read]) ? read : throw new IOException("the server answers with arrays in arrays without end");
}

/// <summary>
/// How deep arrays lie in each other in the answers of a server, byte by byte (RESP 2 and 3): a line begins with its type and ends with CR LF; texts of so many
/// bytes follow theirs, and so do the elements of arrays, sets, maps and pushes.
/// </summary>
internal sealed class AnswerDepth
{
    /// <summary>Answers that are asked for here lie three deep at most.</summary>
    private const int Deepest = 32;

    /// <summary>How many elements are to come, of each array that is open.</summary>
    private readonly Stack<long> open = [];

    private byte type;
    private bool isNegative;
    private long number;
    private long text;

    /// <summary>Goes on; false where it is too deep.</summary>
    public bool Takes(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (text > 0)
            {
                var passed = (int)Math.Min(text, bytes.Length);
                text -= passed;
                bytes = bytes[passed..];
                if (text == 0)
                    Ends();
                continue;
            }
            var next = bytes[0];
            bytes = bytes[1..];
            if (type == 0)
                (type, number, isNegative) = (next, 0, false);
            else if (next == '\n' && !Line())
                return false;
            else if (next == '-')
                isNegative = true;
            else if (next is >= (byte)'0' and <= (byte)'9')
                number = Math.Min(number * 10 + next - '0', int.MaxValue);
        }
        return true;
    }

    private bool Line()
    {
        var (kind, count) = (type, isNegative ? 0 : number);
        type = 0;
        if (kind is (byte)'$' or (byte)'=' or (byte)'!' && !isNegative)
            text = count + 2;
        else if (kind is (byte)'*' or (byte)'~' or (byte)'>' && count > 0)
            open.Push(count);
        else if (kind is (byte)'%' && count > 0)
            open.Push(2 * count);
        // What is said of the next element is none.
        else if (kind is (byte)'|' && count > 0)
            open.Push(2 * count + 1);
        else
            Ends();
        return open.Count <= Deepest;
    }

    /// <summary>An element ends, and every array whose last one it was.</summary>
    private void Ends()
    {
        while (open.TryPop(out var left))
            if (left > 1)
            {
                open.Push(left - 1);
                return;
            }
    }
}
