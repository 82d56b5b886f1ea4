using System.Globalization;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>
/// How one column's values become labels, the same for every format. Where no label is named: 0 and 1 as numbers (also 0.0 and 1.0), true and false
/// in any case. Named labels are compared as numbers where both are numbers, else as they are written; <c>*</c> names every other one. With labels of
/// one class named, a single other one may occur, and is of the other class.
/// </summary>
internal sealed class LabelRule
{
    private const string Others = "*";
    private const int NamedInErrors = 5;
    private const StringComparison Ignoring = StringComparison.OrdinalIgnoreCase;

    /// <summary>A column of more different labels than this is no column of labels.</summary>
    private const int MostUnnamed = 10_000;

    /// <summary>What pandas and Python write for a label that is missing, beside NaN.</summary>
    private static readonly string[] NoLabels = ["None", "null", "NA", "<NA>", "N/A"];

    private readonly string path;
    private readonly string column;
    private readonly Names anomalous;
    private readonly Names normal;
    private readonly SortedDictionary<string, long> unnamed = new(StringComparer.Ordinal);

    /// <summary>The labels that nobody named since notes were taken.</summary>
    private readonly Dictionary<string, long> since = [];

    public LabelRule(string path, string column, IEnumerable<string>? positiveLabels, IEnumerable<string>? normalLabels)
    {
        (this.path, this.column) = (path, column);
        (anomalous, normal) = (new("positive", positiveLabels), new("normal", normalLabels));
        if (anomalous.Texts.Find(normal.Texts.Contains) is { } both)
            throw new InputException("--positive-label and --normal-label", $"{Quoted.Of(both)} is named by both");
        if (anomalous.All && !normal.Any || normal.All && !anomalous.Any)
            throw new InputException(
                $"--{(anomalous.All ? anomalous : normal).Class}-label",
                $"'{Others}' is every label that is not named; --{(anomalous.All ? normal : anomalous).Class}-label names the others"
            );
    }

    private bool NamesLabels => anomalous.Any || normal.Any;

    public bool Read(ReadOnlySpan<char> text, long row)
    {
        if (text.IsWhiteSpace())
            throw Problem(row, "is empty", "a label is needed");
        // .NET reads "1\0" as 1.
        if (text.Contains('\0'))
            throw Problem(row, $"{Quoted.Of(text)} holds a NUL character", "labels are text without one");
        if (anomalous.Writes(text) || normal.Writes(text))
            return Named(Names.Written(text.ToString()));
        if (IsMissing(text.Trim()))
            throw Problem(
                row,
                $"'{text}' is no label",
                "a label is needed (a class that is called so is named with --positive-label or --normal-label)"
            );
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (isNumber)
            return Read(number, row);
        if (NamesLabels)
            return Named(Names.Written(text.ToString()));
        return bool.TryParse(text, out var truth)
            ? truth
            : throw Problem(
                row,
                $"{Quoted.Of(text)} is not 0 or 1, nor true or false",
                "where labels are text, --positive-label names the one that means anomalous, --normal-label the one that means normal"
            );
    }

    public bool Read(double number, long row) =>
        double.IsNaN(number) ? throw Problem(row, "NaN is no label", "a label is needed")
        : NamesLabels ? Named(Names.Written(number))
        : number is 0 or 1 ? number == 1
        : throw Problem(
            row,
            FormattableString.Invariant($"{number} is not 0 or 1"),
            "with other labels, --positive-label names the one that means anomalous, --normal-label the one that means normal"
        );

    public bool Read(bool truth) => NamesLabels ? Named(truth ? "true" : "false") : truth;

    /// <summary>
    /// Called after the last row. Where rows have labels that nobody named, a named one that no row has is a slip of the pen; and without <c>*</c>
    /// a second one that nobody named is no class.
    /// </summary>
    public void Finish()
    {
        if (unnamed.Count == 0)
            return;
        if (Seq(anomalous, normal).FirstOrDefault(names => names.Missing is not null) is { } wanting)
            throw new InputException(
                path,
                $"column '{column}' has no row with the {wanting.Class} label {Quoted.Of(wanting.Missing)} (--{wanting.Class}-label); of labels that nobody named it holds {Found(wanting.Missing)}"
            );
        if (!anomalous.All && !normal.All && unnamed.Count > (anomalous.Any && normal.Any ? 0 : 1))
            throw Unnamed();
    }

    /// <summary>Which labels that nobody named became what since this was asked before.</summary>
    public NoteCounts Taken()
    {
        var kind = TakesOthersAsAnomalous ? NoteKind.OtherPositive : NoteKind.OtherNormal;
        var taken = NoteCounts.Sum(since.Select(label => NoteCounts.Of(kind, label.Value, Quoted.Cut(label.Key))));
        since.Clear();
        return taken;
    }

    private static bool IsMissing(ReadOnlySpan<char> text)
    {
        foreach (var missing in NoLabels)
            if (text.Equals(missing, Ignoring))
                return true;
        return false;
    }

    private bool TakesOthersAsAnomalous => anomalous.All || !normal.All && normal.Any;

    private bool Named(string label)
    {
        if (anomalous.Holds(label))
            return true;
        if (normal.Holds(label))
            return false;
        since[label] = since.GetValueOrDefault(label) + 1;
        if (unnamed.Count < MostUnnamed || unnamed.ContainsKey(label))
            unnamed[label] = unnamed.GetValueOrDefault(label) + 1;
        else if (!anomalous.All && !normal.All)
            throw Unnamed();
        return TakesOthersAsAnomalous;
    }

    private InputException Unnamed()
    {
        var named = Seq(anomalous, normal).Where(names => names.Any).Select(names => $"the {names.Class} label {names.Listed}");
        return new(
            path,
            $"column '{column}' holds {Found()} besides {string.Join(" and ", named)}; name what they mean with --positive-label and --normal-label, where '*' stands for all others"
        );
    }

    /// <summary>The labels that nobody named, those of most rows first, or those that are written most like one that was named.</summary>
    private string Found(string? like = null)
    {
        var most = unnamed.OrderByDescending(label => label.Value).Select(label => label.Key);
        return Quoted.List(
            (like is null ? most : Quoted.Nearest(most, like)).Select(label =>
                FormattableString.Invariant($"{Quoted.Of(label)} ({unnamed[label]} {(unnamed[label] == 1 ? "row" : "rows")})")
            ),
            NamedInErrors,
            unnamed.Count
        );
    }

    private InputException Problem(long row, string problem, string right) =>
        new(path, FormattableString.Invariant($"row {row}, column '{column}': {problem}; {right}"));

    private static IEnumerable<Names> Seq(params Names[] names) => names;

    /// <summary>The labels named for a class.</summary>
    private sealed class Names(string name, IEnumerable<string>? texts)
    {
        private readonly HashSet<string> labels = [.. (texts ?? []).Where(text => text != Others).Select(Written)];
        private readonly HashSet<string> missing =
        [
            .. (texts ?? []).Where(text => IsMissing(text.AsSpan().Trim()) || text.Trim().Equals("NaN", Ignoring)),
        ];
        private readonly HashSet<string> found = [];

        public string Class => name;

        public List<string> Texts { get; } = [.. (texts ?? []).Select(text => text == Others ? text : Written(text))];

        public bool All => Texts.Contains(Others);

        public bool Any => Texts.Count > 0;

        /// <summary>A named label that no row had.</summary>
        public string? Missing => labels.FirstOrDefault(label => !found.Contains(label));

        public string Listed => Quoted.List(labels.Select(label => Quoted.Of(label)), NamedInErrors, labels.Count);

        /// <summary>Whether a text that stands for no label was named as it is written, and so is one.</summary>
        public bool Writes(ReadOnlySpan<char> text) => missing.Count > 0 && missing.Contains(text.ToString());

        public bool Holds(string label)
        {
            if (!labels.Contains(label))
                return false;
            found.Add(label);
            return true;
        }

        /// <summary>A number as one text, however it was written; true and false in one case; any other text as it is.</summary>
        public static string Written(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Written(number)
            : bool.TryParse(text, out var truth) ? (truth ? "true" : "false")
            : text;

        public static string Written(double number) => (number + 0.0).ToString("R", CultureInfo.InvariantCulture);
    }
}
