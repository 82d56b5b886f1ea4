using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Scores as a caller has them: a view of float32, float64, Half, byte or ushort values, made by implicit conversion from an array, a span
/// or a memory (float32 and float64 also from a list), or of float64 values by a collection expression such as <c>[0.1, 0.4]</c>. Half, byte
/// and ushort are widened to float32, exactly. The view is read once, while a batch is made from it; the batch keeps a copy, so the caller's
/// memory may be reused at once.
/// </summary>
[CollectionBuilder(typeof(ScoreValues), nameof(Create))]
public readonly ref struct ScoreValues
{
    internal enum Format
    {
        Single,
        Double,
        Half,
        Byte,
        UInt16,
    }

    private ScoreValues(ReadOnlySpan<byte> bytes, int count, Format kind)
    {
        Bytes = bytes;
        Count = count;
        Kind = kind;
    }

    /// <summary>How many scores there are.</summary>
    public int Count { get; }

    internal ReadOnlySpan<byte> Bytes { get; }

    internal Format Kind { get; }

    internal ReadOnlySpan<T> As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes);

    /// <summary>A view of scores in a format, from their bytes.</summary>
    internal static ScoreValues Of(ReadOnlySpan<byte> bytes, Format kind) =>
        new(
            bytes,
            bytes.Length
                / kind switch
                {
                    Format.Byte => sizeof(byte),
                    Format.Half or Format.UInt16 => sizeof(ushort),
                    Format.Single => sizeof(float),
                    _ => sizeof(double),
                },
            kind
        );

    private static ScoreValues View<T>(ReadOnlySpan<T> values, Format kind)
        where T : unmanaged => new(MemoryMarshal.AsBytes(values), values.Length, kind);

    /// <summary>A view of float64 scores, which collection expressions make.</summary>
    public static ScoreValues Create(ReadOnlySpan<double> scores) => scores;

    /// <summary>The scores one by one, as float64.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>A view of float32 scores.</summary>
    public static implicit operator ScoreValues(ReadOnlySpan<float> scores) => View(scores, Format.Single);

    /// <summary>A view of float32 scores.</summary>
    public static implicit operator ScoreValues(ReadOnlyMemory<float> scores) => View(scores.Span, Format.Single);

    /// <summary>A view of float32 scores.</summary>
    public static implicit operator ScoreValues(Memory<float> scores) => View<float>(scores.Span, Format.Single);

    /// <summary>A view of float32 scores.</summary>
    public static implicit operator ScoreValues(float[] scores) => View<float>(scores, Format.Single);

    /// <summary>A view of float32 scores.</summary>
    public static implicit operator ScoreValues(List<float> scores) => View<float>(CollectionsMarshal.AsSpan(scores), Format.Single);

    /// <summary>A view of float64 scores.</summary>
    public static implicit operator ScoreValues(ReadOnlySpan<double> scores) => View(scores, Format.Double);

    /// <summary>A view of float64 scores.</summary>
    public static implicit operator ScoreValues(ReadOnlyMemory<double> scores) => View(scores.Span, Format.Double);

    /// <summary>A view of float64 scores.</summary>
    public static implicit operator ScoreValues(Memory<double> scores) => View<double>(scores.Span, Format.Double);

    /// <summary>A view of float64 scores.</summary>
    public static implicit operator ScoreValues(double[] scores) => View<double>(scores, Format.Double);

    /// <summary>A view of float64 scores.</summary>
    public static implicit operator ScoreValues(List<double> scores) => View<double>(CollectionsMarshal.AsSpan(scores), Format.Double);

    /// <summary>A view of half-precision scores.</summary>
    public static implicit operator ScoreValues(ReadOnlySpan<Half> scores) => View(scores, Format.Half);

    /// <summary>A view of half-precision scores.</summary>
    public static implicit operator ScoreValues(ReadOnlyMemory<Half> scores) => View(scores.Span, Format.Half);

    /// <summary>A view of half-precision scores.</summary>
    public static implicit operator ScoreValues(Memory<Half> scores) => View<Half>(scores.Span, Format.Half);

    /// <summary>A view of half-precision scores.</summary>
    public static implicit operator ScoreValues(Half[] scores) => View<Half>(scores, Format.Half);

    /// <summary>A view of 8-bit scores.</summary>
    public static implicit operator ScoreValues(ReadOnlySpan<byte> scores) => View(scores, Format.Byte);

    /// <summary>A view of 8-bit scores.</summary>
    public static implicit operator ScoreValues(ReadOnlyMemory<byte> scores) => View(scores.Span, Format.Byte);

    /// <summary>A view of 8-bit scores.</summary>
    public static implicit operator ScoreValues(Memory<byte> scores) => View<byte>(scores.Span, Format.Byte);

    /// <summary>A view of 8-bit scores.</summary>
    public static implicit operator ScoreValues(byte[] scores) => View<byte>(scores, Format.Byte);

    /// <summary>A view of 16-bit scores.</summary>
    public static implicit operator ScoreValues(ReadOnlySpan<ushort> scores) => View(scores, Format.UInt16);

    /// <summary>A view of 16-bit scores.</summary>
    public static implicit operator ScoreValues(ReadOnlyMemory<ushort> scores) => View(scores.Span, Format.UInt16);

    /// <summary>A view of 16-bit scores.</summary>
    public static implicit operator ScoreValues(Memory<ushort> scores) => View<ushort>(scores.Span, Format.UInt16);

    /// <summary>A view of 16-bit scores.</summary>
    public static implicit operator ScoreValues(ushort[] scores) => View<ushort>(scores, Format.UInt16);

    /// <summary>Goes through scores.</summary>
    public ref struct Enumerator
    {
        private readonly ScoreValues scores;
        private int index = -1;

        internal Enumerator(ScoreValues scores) => this.scores = scores;

        /// <summary>The score that it stands at, as float64.</summary>
        public readonly double Current => KeyKernels.ScoreAt(scores, index);

        /// <summary>Goes to the next score, if there is one.</summary>
        public bool MoveNext() => ++index < scores.Count;
    }
}
