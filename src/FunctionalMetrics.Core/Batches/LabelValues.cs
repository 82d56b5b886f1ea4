using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core;

/// <summary>
/// Labels as a caller has them: a view of booleans (true = anomalous), or of bytes or 32-bit integers that must be 0 or 1 (1 = anomalous), made by
/// implicit conversion from an array, a list, a span or a memory, or by a collection expression of booleans. The view is read once, while a
/// batch is made from it. In the masks of a <see cref="MapBatch"/> numbers may be 0 and 255 as well.
/// </summary>
[CollectionBuilder(typeof(LabelValues), nameof(Create))]
public readonly ref struct LabelValues
{
    /// <summary>What stands for a 32-bit integer that is no label and no mask value.</summary>
    private const byte Other = 2;

    private readonly ReadOnlySpan<int> integers;

    private LabelValues(ReadOnlySpan<byte> bytes, bool areNumbers)
    {
        Bytes = bytes;
        AreNumbers = areNumbers;
    }

    private LabelValues(ReadOnlySpan<int> integers)
        : this(Narrow(integers), true) => this.integers = integers;

    /// <summary>How many labels there are.</summary>
    public int Count => Bytes.Length;

    /// <summary>The labels; where integers came, a number that is no label is another one here.</summary>
    internal ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Whether the caller gave numbers, which may be other than 0 and 1, rather than booleans.</summary>
    internal bool AreNumbers { get; }

    /// <summary>The number that the caller gave.</summary>
    internal int NumberAt(int index) => integers.IsEmpty ? Bytes[index] : integers[index];

    /// <summary>A view of boolean labels, which collection expressions make.</summary>
    public static LabelValues Create(ReadOnlySpan<bool> labels) => labels;

    /// <summary>The labels one by one; of numbers all but 0 are anomalous.</summary>
    public Enumerator GetEnumerator() => new(Bytes);

    /// <summary>A view of boolean labels.</summary>
    public static implicit operator LabelValues(ReadOnlySpan<bool> labels) => new(MemoryMarshal.AsBytes(labels), false);

    /// <summary>A view of boolean labels.</summary>
    public static implicit operator LabelValues(ReadOnlyMemory<bool> labels) => new(MemoryMarshal.AsBytes(labels.Span), false);

    /// <summary>A view of boolean labels.</summary>
    public static implicit operator LabelValues(Memory<bool> labels) => new(MemoryMarshal.AsBytes(labels.Span), false);

    /// <summary>A view of boolean labels.</summary>
    public static implicit operator LabelValues(bool[] labels) => new(MemoryMarshal.AsBytes<bool>(labels), false);

    /// <summary>A view of boolean labels.</summary>
    public static implicit operator LabelValues(List<bool> labels) => (ReadOnlySpan<bool>)CollectionsMarshal.AsSpan(labels);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(ReadOnlySpan<byte> labels) => new(labels, true);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(ReadOnlyMemory<byte> labels) => new(labels.Span, true);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(Memory<byte> labels) => new(labels.Span, true);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(byte[] labels) => new(labels, true);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(List<byte> labels) => new(CollectionsMarshal.AsSpan(labels), true);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(ReadOnlySpan<int> labels) => new(labels);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(ReadOnlyMemory<int> labels) => new(labels.Span);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(Memory<int> labels) => new(labels.Span);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(int[] labels) => new(labels);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(List<int> labels) => new(CollectionsMarshal.AsSpan(labels));

    private static byte[] Narrow(ReadOnlySpan<int> integers)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(integers.Length);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = integers[i] is 0 or 1 or Checks.MaskWhite ? (byte)integers[i] : Other;
        return bytes;
    }

    /// <summary>Goes through labels.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> labels;
        private int index = -1;

        internal Enumerator(ReadOnlySpan<byte> labels) => this.labels = labels;

        /// <summary>The label that it stands at.</summary>
        public readonly bool Current => labels[index] != 0;

        /// <summary>Goes to the next label, if there is one.</summary>
        public bool MoveNext() => ++index < labels.Length;
    }
}
