using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The labels of n rows and the scores that each of several models gave them, in the same order, checked when made: scores are finite, labels are 0 or 1, and there are as many of
/// each. What a comparison of models on the same rows needs. Immutable.
/// </summary>
public sealed class PairedRows
{
    private readonly bool[] labels;
    private readonly double[][] scores;

    private PairedRows(bool[] labels, double[][] scores) => (this.labels, this.scores) = (labels, scores);

    /// <summary>How many rows there are.</summary>
    public int Count => labels.Length;

    /// <summary>How many models there are.</summary>
    public int Models => scores.Length;

    /// <summary>The label of each row; true is anomalous.</summary>
    public ReadOnlySpan<bool> Labels => labels;

    /// <summary>The scores of a model, counted from 0, a score for each row.</summary>
    public ReadOnlySpan<double> Scores(int model) => scores[model];

    /// <summary>
    /// Checks and copies labels and the scores of each model. Fails with <see cref="Fault.NotFinite"/>, <see cref="Fault.NotALabel"/> and <see cref="Fault.LengthsDiffer"/>, all that apply;
    /// a place such as <c>scores[1][3]</c> is the fourth row of the second model.
    /// </summary>
    public static Validation<Fault, PairedRows> Create(LabelValues labels, params double[][] models)
    {
        var faults = LabelBits.Of(labels.Bytes).AreBinary ? default : Checks.Labels("labels", labels);
        for (var model = 0; model < models.Length; model++)
        {
            if (models[model].Length != labels.Count)
                faults = faults.Add(new Fault.LengthsDiffer(models[model].Length, labels.Count));
            faults += Checks.NotFinite(FormattableString.Invariant($"scores[{model}]"), models[model]);
        }
        if (!faults.IsEmpty)
            return Fail<Fault, PairedRows>(faults);
        bool[] copy = new bool[labels.Count];
        for (var i = 0; i < copy.Length; i++)
            copy[i] = labels.Bytes[i] != 0;
        return Success<Fault, PairedRows>(new(copy, [.. models.Select(scores => (double[])[.. scores])]));
    }

    /// <summary>The rows by their label and by the scores of all models, whatever order rows and models came in; equal rows do not differ.</summary>
    internal int[] Order => [.. ByLabel(ModelOrder.Select(model => scores[model]))];

    /// <summary>
    /// The models by what they say of each row, rows being ordered by their label and by what all models say of them, whichever says what. Two models that are alike so can change places, and
    /// the rows stay what they are.
    /// </summary>
    private IEnumerable<int> ModelOrder
    {
        get
        {
            double[][] ascending = [.. Enumerable.Range(0, Count).Select(row => scores.Select(model => model[row]).Order().ToArray())];
            var places = Enumerable.Range(0, Models).Select(place => ascending.Select(row => row[place]).ToArray()).ToList();
            double[][] seen = [.. scores.Select(model => ByLabel(places.Append(model)).Select(row => model[row]).ToArray())];
            return Enumerable
                .Range(0, Models)
                .OrderBy(model => seen[model], Comparer<double[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        }
    }

    private IEnumerable<int> ByLabel(IEnumerable<double[]> then) =>
        then.Aggregate(Enumerable.Range(0, Count).OrderBy(row => labels[row]), (order, column) => order.ThenBy(row => column[row]));

    /// <summary>The keys of each model's anomalous and normal rows, in the order of the rows.</summary>
    internal (ulong[] Anomalous, ulong[] Normal)[] Keys => [.. scores.Select(model => (KeysOf(model, true), KeysOf(model, false)))];

    private ulong[] KeysOf(double[] model, bool label) => [.. model.Where((_, i) => labels[i] == label).Select(ScoreKey.Of)];
}
