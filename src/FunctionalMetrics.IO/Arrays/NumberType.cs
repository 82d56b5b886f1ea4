using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>A type of numbers in a file, and the .NET array that holds them without conversion. Booleans are held as bytes.</summary>
/// <param name="Name">The name as numpy gives it.</param>
/// <param name="Size">Bytes of one number.</param>
/// <param name="Allocate">Makes an array of so many numbers.</param>
internal sealed record NumberType(string Name, int Size, Func<int, Array> Allocate)
{
    public static readonly NumberType Boolean = new("bool", 1, n => new byte[n]);
    public static readonly NumberType UInt8 = new("uint8", 1, n => new byte[n]);
    public static readonly NumberType Int8 = new("int8", 1, n => new sbyte[n]);
    public static readonly NumberType Int16 = new("int16", 2, n => new short[n]);
    public static readonly NumberType Int32 = new("int32", 4, n => new int[n]);
    public static readonly NumberType UInt32 = new("uint32", 4, n => new uint[n]);
    public static readonly NumberType UInt16 = new("uint16", 2, n => new ushort[n]);
    public static readonly NumberType Float16 = new("float16", 2, n => new Half[n]);
    public static readonly NumberType Float32 = new("float32", 4, n => new float[n]);
    public static readonly NumberType Float64 = new("float64", 8, n => new double[n]);

    private static readonly FrozenDictionary<string, NumberType> ByCode = new Dictionary<string, NumberType>
    {
        ["b1"] = Boolean,
        ["i1"] = Int8,
        ["i2"] = Int16,
        ["i4"] = Int32,
        ["i8"] = new("int64", 8, n => new long[n]),
        ["u1"] = UInt8,
        ["u2"] = UInt16,
        ["u4"] = UInt32,
        ["u8"] = new("uint64", 8, n => new ulong[n]),
        ["f2"] = Float16,
        ["f4"] = Float32,
        ["f8"] = Float64,
    }.ToFrozenDictionary();

    /// <summary>By exact type: to a pattern match, an array of signed numbers passes for one of unsigned numbers of the same size.</summary>
    private static readonly FrozenDictionary<Type, NumberType> Pictures = new[]
    {
        UInt8,
        Int8,
        UInt16,
        Int16,
        UInt32,
        Int32,
        Float16,
        Float32,
        Float64,
    }.ToFrozenDictionary(type => type.Allocate(0).GetType());

    /// <summary>The type of a numpy code such as f4, or null when it is none that is read here.</summary>
    public static NumberType? Of(string code) =>
        ByCode.GetValueOrDefault(code)
        ?? (
            code is ['U' or 'S', .. var length] && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var letters)
                ? Text(code, letters)
                : null
        );

    /// <summary>Texts of so many letters at most, each of four bytes (U) or of one (S), and zeros after the last.</summary>
    private static NumberType? Text(string code, int letters) =>
        letters is > 0 and < 1 << 16 && letters * (code[0] == 'U' ? sizeof(uint) : 1) is var size
            ? new(code, size, n => new byte[checked(n * size)]) { IsText = true }
            : null;

    /// <summary>Whether it is no number but text: an array of it holds its bytes.</summary>
    public bool IsText { get; private init; }

    /// <summary>The texts whose bytes an array holds.</summary>
    public IEnumerable<string> Texts(Array values) =>
        ((byte[])values).Chunk(Size).Select(letters => (Name[0] == 'U' ? Encoding.UTF32 : Encoding.UTF8).GetString(letters).TrimEnd('\0'));

    /// <summary>The type of the numbers in a decoded picture.</summary>
    public static NumberType Of(Array values) =>
        Pictures.GetValueOrDefault(values.GetType())
        ?? throw new ArgumentException($"pictures do not decode to {values.GetType()}", nameof(values));

    /// <summary>Whether scores may be stored so: float16, float32, float64, uint8 or uint16.</summary>
    public bool HoldsScores => this == UInt8 || this == UInt16 || this == Float16 || this == Float32 || this == Float64;

    /// <summary>Whether scores of this type are taken as float64: signed integers, and those of 32 and 64 bits.</summary>
    public bool IsWidened => !HoldsScores && this != Boolean && !IsText;

    /// <summary>The type that numbers of this one are given as.</summary>
    public NumberType Given(bool asScores) => asScores && IsWidened ? Float64 : this;

    /// <summary>Numbers of a picture as scores, which float64 holds all.</summary>
    public Array Given(Array values)
    {
        if (!IsWidened)
            return values;
        var wide = new double[values.Length];
        Widen(values, wide);
        return wide;
    }

    /// <summary>The first of an array's numbers of such a type as float64; the index of the first that none equals, or -1.</summary>
    public int Widen(Array values, Span<double> wide) =>
        Name switch
        {
            "int8" => Widen<sbyte>(values, wide),
            "int16" => Widen<short>(values, wide),
            "int32" => Widen<int>(values, wide),
            "uint32" => Widen<uint>(values, wide),
            "int64" => Widen<long>(values, wide),
            _ => Widen<ulong>(values, wide),
        };

    private static int Widen<T>(Array values, Span<double> wide)
        where T : IBinaryInteger<T>
    {
        var whole = ((T[])values).AsSpan(0, wide.Length);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = double.CreateTruncating(whole[i]);
            if ((Int128)wide[i] != Int128.CreateTruncating(whole[i]))
                return i;
        }
        return -1;
    }

    /// <summary>Scores of a type that <see cref="HoldsScores"/> as float64.</summary>
    public static double[] Wide(Array values) =>
        values switch
        {
            double[] wide => wide,
            float[] single => Array.ConvertAll(single, value => (double)value),
            Half[] half => Array.ConvertAll(half, value => (double)value),
            ushort[] words => Array.ConvertAll(words, value => (double)value),
            _ => Array.ConvertAll((byte[])values, value => (double)value),
        };

    /// <summary>The array's numbers as bytes, to be read into.</summary>
    public Span<byte> Bytes(Array values) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(values), IsText ? values.Length : checked(values.Length * Size));

    /// <summary>Whether some number is not 0; that it is -0.0 does not matter.</summary>
    public bool HasOtherThanZero(Array values) => Bytes(values).ContainsAnyExcept((byte)0);

    /// <summary>Turns the bytes of every number around.</summary>
    public void SwapBytes(Span<byte> bytes)
    {
        if (IsText && Name[0] == 'U')
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(bytes), MemoryMarshal.Cast<byte, uint>(bytes));
        else if (IsText)
            return;
        else if (Size == 2)
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(bytes), MemoryMarshal.Cast<byte, ushort>(bytes));
        else if (Size == 4)
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(bytes), MemoryMarshal.Cast<byte, uint>(bytes));
        else if (Size == 8)
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(bytes), MemoryMarshal.Cast<byte, ulong>(bytes));
    }

    /// <summary>Numbers of a type that <see cref="HoldsScores"/>, as scores of that type.</summary>
    public static ScoreValues Scores(Array values) => Scores(values, values.Length);

    /// <summary>The same of the first of them.</summary>
    public static ScoreValues Scores(Array values, int count) =>
        values switch
        {
            float[] single => single.AsMemory(0, count),
            double[] wide => wide.AsMemory(0, count),
            Half[] half => half.AsMemory(0, count),
            ushort[] words => words.AsMemory(0, count),
            byte[] bytes => bytes.AsMemory(0, count),
            _ => throw new ArgumentException($"{values.GetType()} holds no scores", nameof(values)),
        };
}
