using System.Globalization;
using System.Numerics;
using Parquet;
using Parquet.Schema;
using Unit = LanguageExt.Unit;

namespace FunctionalMetrics.IO;

/// <summary>The values of one Parquet column, all row groups joined; a null in a row is refused.</summary>
internal static class ParquetColumn
{
    public static Array Read(DataField field, string path, IEnumerable<ParquetRowGroupReader> groups)
    {
        if (field.ClrType == typeof(float))
            return Numbers<float>(field, path, groups).ToArray();
        if (field.ClrType == typeof(Half))
            return Numbers<Half>(field, path, groups).ToArray();
        if (field.ClrType == typeof(byte))
            return Numbers<byte>(field, path, groups).ToArray();
        if (field.ClrType == typeof(ushort))
            return Numbers<ushort>(field, path, groups).ToArray();
        return Doubles(field, path, groups).ToArray();
    }

    /// <summary>The same in parts of so many rows.</summary>
    public static IEnumerable<Array> Parts(DataField field, string path, IEnumerable<ParquetRowGroupReader> groups, int rows) =>
        field.ClrType == typeof(float) ? Numbers<float>(field, path, groups).Chunk(rows)
        : field.ClrType == typeof(Half) ? Numbers<Half>(field, path, groups).Chunk(rows)
        : field.ClrType == typeof(byte) ? Numbers<byte>(field, path, groups).Chunk(rows)
        : field.ClrType == typeof(ushort) ? Numbers<ushort>(field, path, groups).Chunk(rows)
        : Doubles(field, path, groups).Chunk(rows);

    /// <summary>The labels one by one; the caller asks the rule, after the last, whether all is well.</summary>
    public static IEnumerable<bool> Labels(DataField field, string path, LabelRule rule, IEnumerable<ParquetRowGroupReader> groups)
    {
        var row = 0L;
        if (IsText(field))
            foreach (var text in Strings(field, path, groups))
                yield return rule.Read(text, ++row);
        else if (field.ClrType == typeof(bool))
            foreach (var truth in Values<bool>(field, path, groups))
            {
                row++;
                yield return rule.Read(truth);
            }
        else
            foreach (var number in Doubles(field, path, groups))
                yield return rule.Read(number, ++row);
    }

    /// <summary>The values as text.</summary>
    public static IEnumerable<string> Texts(DataField field, string path, IEnumerable<ParquetRowGroupReader> groups) =>
        IsText(field) ? Strings(field, path, groups)
        : field.ClrType == typeof(bool) ? Values<bool>(field, path, groups).Select(truth => truth ? "true" : "false")
        : Doubles(field, path, groups).Select(number => number.ToString("R", CultureInfo.InvariantCulture));

    private static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    private static IEnumerable<double> Doubles(DataField field, string path, IEnumerable<ParquetRowGroupReader> groups) =>
        Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Single => Wide<float>(field, path, groups),
            TypeCode.Double => Wide<double>(field, path, groups),
            TypeCode.SByte => Wide<sbyte>(field, path, groups),
            TypeCode.Byte => Wide<byte>(field, path, groups),
            TypeCode.Int16 => Wide<short>(field, path, groups),
            TypeCode.UInt16 => Wide<ushort>(field, path, groups),
            TypeCode.Int32 => Wide<int>(field, path, groups),
            TypeCode.UInt32 => Wide<uint>(field, path, groups),
            TypeCode.Int64 => Whole<long>(field, path, groups),
            TypeCode.UInt64 => Whole<ulong>(field, path, groups),
            // By way of the text: the conversion of a decimal does not always give the nearest double.
            TypeCode.Decimal => Values<decimal>(field, path, groups)
                .Select(value => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
            _ when field.ClrType == typeof(Half) => Wide<Half>(field, path, groups),
            _ => throw new InputException(
                path,
                $"column '{field.Name}' holds {(IsText(field) ? "text" : field.ClrType.Name)}; numbers are needed"
            ),
        };

    private static IEnumerable<double> Wide<T>(DataField field, string path, IEnumerable<ParquetRowGroupReader> groups)
        where T : struct, INumber<T> => Numbers<T>(field, path, groups).Select(double.CreateChecked);

    private static IEnumerable<double> Whole<T>(DataField field, string path, IEnumerable<ParquetRowGroupReader> groups)
        where T : struct, IBinaryInteger<T>
    {
        var row = 0L;
        foreach (var value in Values<T>(field, path, groups))
        {
            row++;
            var wide = double.CreateTruncating(value);
            yield return (Int128)wide == Int128.CreateTruncating(value)
                ? wide
                : throw Problem(field, path, row, $"{value} is equalled by no float64; scores are numbers that float64 holds");
        }
    }

    private static IEnumerable<T> Numbers<T>(DataField field, string path, IEnumerable<ParquetRowGroupReader> groups)
        where T : struct, INumber<T>
    {
        var row = 0L;
        foreach (var value in Values<T>(field, path, groups))
        {
            row++;
            yield return T.IsFinite(value)
                ? value
                : throw Problem(field, path, row, FormattableString.Invariant($"{value} is not a finite number"));
        }
    }

    private static IEnumerable<T> Values<T>(DataField field, string path, IEnumerable<ParquetRowGroupReader> groups)
        where T : struct
    {
        var row = 0L;
        foreach (var group in groups)
        {
            var values = new T?[group.RowCount];
            if (field.IsNullable)
                Decode(path, () => group.ReadAsync(field, values.AsMemory()));
            else
            {
                var plain = new T[group.RowCount];
                Decode(path, () => group.ReadAsync(field, plain.AsMemory()));
                values = Array.ConvertAll(plain, value => (T?)value);
            }
            foreach (var value in values)
            {
                row++;
                yield return value ?? throw Problem(field, path, row, "is null; a value is needed");
            }
        }
    }

    private static IEnumerable<string> Strings(DataField field, string path, IEnumerable<ParquetRowGroupReader> groups)
    {
        var row = 0L;
        foreach (var group in groups)
        {
            var values = new string?[group.RowCount];
            Decode(path, () => group.ReadAsync(field, values.AsMemory()!));
            foreach (var value in values)
            {
                row++;
                yield return value ?? throw Problem(field, path, row, "is null; a value is needed");
            }
        }
    }

    private static void Decode(string path, Func<ValueTask> read) =>
        Reading.Decode(
            path,
            "Parquet",
            () =>
            {
                read().AsTask().GetAwaiter().GetResult();
                return Unit.Default;
            }
        );

    private static InputException Problem(DataField field, string path, long row, string problem) =>
        new(path, FormattableString.Invariant($"row {row}, column '{field.Name}': {problem}"));
}
