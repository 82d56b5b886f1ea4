using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core;

/// <summary>
/// Labels as a caller has them: a view of booleans (true = anomalous) or of bytes that must be 0 or 1 (1 = anomalous), made by implicit
/// conversion from an array, a span or a memory, or by a collection expression of booleans. The view is read once, while a batch is made from it.
/// </summary>
[CollectionBuilder(typeof(LabelValues), nameof(Create))]
public readonly ref struct LabelValues
{
    private LabelValues(ReadOnlySpan<byte> bytes, bool areBytes)
    {
        Bytes = bytes;
        AreBytes = areBytes;
    }

    /// <summary>How many labels there are.</summary>
    public int Count => Bytes.Length;

    internal ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Whether the caller gave numbers, which may be other than 0 and 1, rather than booleans.</summary>
    internal bool AreBytes { get; }

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

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(ReadOnlySpan<byte> labels) => new(labels, true);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(ReadOnlyMemory<byte> labels) => new(labels.Span, true);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(Memory<byte> labels) => new(labels.Span, true);

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator LabelValues(byte[] labels) => new(labels, true);

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
