using System.Globalization;
using LanguageExt;

namespace FunctionalMetrics.IO;

/// <summary>
/// How one column's values become labels. Without a positive label: 0 and 1 as numbers (also 0.0 and 1.0), true and false in any case. With
/// one: a value written exactly like it is anomalous, every other is normal; at least one must be.
/// </summary>
internal sealed class LabelRule(string path, string column, Option<string> positive)
{
    private const int NamedInErrors = 5;

    private readonly string? positiveText = positive.MatchUnsafe(text => text, () => null);
    private readonly SortedSet<string> others = new(StringComparer.Ordinal);
    private bool found;

    public bool Read(ReadOnlySpan<char> text, long row)
    {
        if (text.IsWhiteSpace())
            throw Problem(row, "is empty", "a label is needed");
        if (positiveText is not null)
            return Matches(text);
        if (bool.TryParse(text, out var truth))
            return truth;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return Read(number, row);
        throw Problem(
            row,
            $"'{text}' is not 0 or 1, nor true or false",
            "where labels are text, --positive-label names the one that means anomalous"
        );
    }

    public bool Read(double number, long row)
    {
        if (positiveText is not null)
            return Matches(number.ToString("R", CultureInfo.InvariantCulture));
        return number is 0 or 1
            ? number == 1
            : throw Problem(
                row,
                FormattableString.Invariant($"{number} is not 0 or 1"),
                "with other labels, --positive-label names the one that means anomalous"
            );
    }

    public bool Read(bool truth) => positiveText is null ? truth : Matches(truth ? "true" : "false");

    /// <summary>
    /// Called after the last row: a positive label that no row has is a slip of the pen, not a data set without anomalies.
    /// </summary>
    public void Finish(long rows)
    {
        if (positiveText is null || found || rows == 0)
            return;
        var labels = string.Join(", ", others.Take(NamedInErrors).Select(label => $"'{label}'"));
        throw new InputException(
            path,
            $"column '{column}' has no row with the positive label '{positiveText}' (--positive-label); it holds {labels}{(others.Count > NamedInErrors ? ", ..." : "")}"
        );
    }

    private bool Matches(ReadOnlySpan<char> text)
    {
        if (text.SequenceEqual(positiveText))
            return found = true;
        if (others.Count <= NamedInErrors)
            others.Add(text.ToString());
        return false;
    }

    private InputException Problem(long row, string problem, string right) =>
        new(path, FormattableString.Invariant($"row {row}, column '{column}': {problem}; {right}"));
}
