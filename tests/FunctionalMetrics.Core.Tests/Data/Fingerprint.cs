using System.Collections;
using System.Reflection;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalMetrics.Core.Tests;

/// <summary>
/// Every number that a result gives, to the bit: all its public properties, all points of its curves, and the error of what is undefined.
/// Found by reflection, so a new result is covered as it is.
/// </summary>
internal sealed class Fingerprint : IEquatable<Fingerprint>
{
    private readonly List<Entry> entries = [];

    public static Fingerprint Of(object result)
    {
        var print = new Fingerprint();
        print.Visit("", 0, result);
        return print;
    }

    public IReadOnlyList<Entry> Entries => entries;

    public bool Equals(Fingerprint? other) => other is not null && entries.SequenceEqual(other.entries);

    public override bool Equals(object? obj) => Equals(obj as Fingerprint);

    public override int GetHashCode() => entries.Count;

    public override string ToString() => string.Join("; ", entries);

    private void Visit(string path, int index, object? value)
    {
        switch (value)
        {
            case null or string or Enum or bool or Error:
                entries.Add(new(path, index, 0, $"{value}"));
                break;
            case double number:
                entries.Add(new(path, index, BitConverter.DoubleToInt64Bits(number), null));
                break;
            case long or int:
                entries.Add(new(path, index, Convert.ToInt64(value), "integer"));
                break;
            case F1Curve curve:
                var outline = curve.Outline([]);
                Visit($"{path}.Thresholds", index, outline.X);
                Visit($"{path}.F1", index, outline.Y);
                break;
            case IEnumerable items:
                var at = 0;
                foreach (var item in items)
                    Visit(path, at++, item);
                entries.Add(new(path, index, at, "items"));
                break;
            case var holder
                when holder.GetType() is { IsGenericType: true } type && Opens.TryGetValue(type.GetGenericTypeDefinition(), out var open):
                Visit(path, index, open.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [holder]));
                break;
            default:
                foreach (var property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
                    Visit($"{path}.{property.Name}", index, property.GetValue(value));
                break;
        }
    }

    private static readonly Dictionary<Type, MethodInfo> Opens = new()
    {
        [typeof(Fin<>)] = Method(nameof(OpenFin)),
        [typeof(Option<>)] = Method(nameof(OpenOption)),
    };

    private static MethodInfo Method(string name) => typeof(Fingerprint).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static object OpenFin<T>(Fin<T> fin) => fin.Match<object>(value => value!, error => error);

    private static object? OpenOption<T>(Option<T> option) => option.Match<object?>(value => value, () => "none");

    /// <summary>One number or text of a result.</summary>
    public readonly record struct Entry(string Path, int Index, long Bits, string? Text)
    {
        /// <summary>Thresholds are scores and move with them; everything else is a count or a rate.</summary>
        public bool IsThreshold => Text is null && Path.Contains("Threshold");

        public double Number => BitConverter.Int64BitsToDouble(Bits);

        public override string ToString() =>
            FormattableString.Invariant($"{Path}[{Index}] = {(Text is null ? $"{Number:R}" : Text == "integer" ? $"{Bits}" : Text)}");
    }
}
