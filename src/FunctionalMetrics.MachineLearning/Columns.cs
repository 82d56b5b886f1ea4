using System.Runtime.InteropServices;
using FunctionalMetrics.Core;
using LanguageExt;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalMetrics.MachineLearning;

/// <summary>A column being read: its values one after the other, those of a vector row by row.</summary>
internal abstract class Column(DataViewSchema.Column column)
{
    public DataViewSchema.Column Schema { get; } = column;

    /// <summary>What reads the row at which a cursor stands, and gives how many values it has.</summary>
    public abstract Func<int> Reader(DataViewRowCursor cursor);

    /// <summary>The column of a name.</summary>
    public static DataViewSchema.Column Named(IDataView rows, string name) =>
        rows.Schema.GetColumnOrNull(name)
        ?? throw new ArgumentException(
            $"there is no column {name}; there are {string.Join(", ", rows.Schema.Select(column => column.Name))}"
        );

    /// <summary>Reads all rows, once.</summary>
    /// <param name="rows">The data.</param>
    /// <param name="width">How many values each row must have.</param>
    /// <param name="columns">What is read of each row.</param>
    public static void Read(IDataView rows, int width, params Column[] columns)
    {
        using var cursor = rows.GetRowCursor(columns.Select(column => column.Schema));
        var readers = columns.Select(column => (column.Schema.Name, Next: column.Reader(cursor))).ToArray();
        while (cursor.MoveNext())
            foreach (var (name, next) in readers)
                if (next() is var values && values != width)
                    throw new ArgumentException($"row {cursor.Position} of the column {name} has {values} values; there must be {width}");
    }

    protected Func<int> Append<T>(DataViewRowCursor cursor, Action<T> append)
    {
        if (Schema.Type is VectorDataViewType)
        {
            var vector = cursor.GetGetter<VBuffer<T>>(Schema);
            var buffer = default(VBuffer<T>);
            return () =>
            {
                vector(ref buffer);
                foreach (var value in buffer.DenseValues())
                    append(value);
                return buffer.Length;
            };
        }
        var scalar = cursor.GetGetter<T>(Schema);
        var one = default(T)!;
        return () =>
        {
            scalar(ref one);
            append(one);
            return 1;
        };
    }

    protected Type Item => Schema.Type is VectorDataViewType vector ? vector.ItemType.RawType : Schema.Type.RawType;

    protected ArgumentException OtherType(string right) => new($"the column {Schema.Name} is of {Schema.Type}; it must be of {right}");
}

/// <summary>A column of scores, kept in the width in which they come.</summary>
internal sealed class ScoreColumn(IDataView rows, string name) : Column(Named(rows, name))
{
    private readonly List<float> singles = [];
    private readonly List<double> doubles = [];

    public ScoreValues Values => Item == typeof(float) ? CollectionsMarshal.AsSpan(singles) : CollectionsMarshal.AsSpan(doubles);

    public override Func<int> Reader(DataViewRowCursor cursor) =>
        Item == typeof(float) ? Append<float>(cursor, singles.Add)
        : Item == typeof(double) ? Append<double>(cursor, doubles.Add)
        : throw OtherType("Single or Double");
}

/// <summary>A column of labels as 0 and 1, and the first of those that are neither; numbers of masks may be 0 and 255 instead.</summary>
internal sealed class LabelColumn(IDataView rows, string name, bool areMasks = false) : Column(Named(rows, name))
{
    private readonly List<byte> labels = [];
    private double anomalous = areMasks ? 0 : 1;
    private (int Index, double Value, long Count) bad;

    public LabelValues Values => CollectionsMarshal.AsSpan(labels);

    public override Func<int> Reader(DataViewRowCursor cursor) =>
        Item == typeof(bool) ? Append<bool>(cursor, label => labels.Add(label ? (byte)1 : (byte)0))
        : Item == typeof(byte) ? Append<byte>(cursor, label => Add(label))
        : Item == typeof(int) ? Append<int>(cursor, label => Add(label))
        : Item == typeof(float) ? Append<float>(cursor, label => Add(label))
        : Item == typeof(double) ? Append<double>(cursor, Add)
        : throw OtherType("Boolean, Byte, Int32, Single or Double");

    /// <summary>What is wrong with the labels, told as the core tells it.</summary>
    /// <param name="field">What the labels are called.</param>
    /// <param name="place">From an index to the place of a label, in brackets.</param>
    public Seq<Fault> Faults(string field, Func<int, string> place) =>
        bad.Count == 0 ? default : new Seq<Fault>([new Fault.NotALabel(field, bad.Index, field + place(bad.Index), bad.Value, bad.Count)]);

    private void Add(double label)
    {
        // The first number of a mask that can be one says which convention it is.
        if (anomalous == 0 && label is 1 or byte.MaxValue)
            anomalous = label;
        if (label != 0 && label != anomalous)
            bad = bad.Count == 0 ? (labels.Count, label, 1) : bad with { Count = bad.Count + 1 };
        labels.Add(label == anomalous && label != 0 ? (byte)1 : (byte)0);
    }
}
