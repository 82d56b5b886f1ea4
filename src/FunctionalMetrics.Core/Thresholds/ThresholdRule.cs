using System.Collections.Immutable;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A rule by which a threshold is chosen on some data, to be applied to other data:
/// <code>
/// ThresholdRule rule = RuleForm.Parse("max-fpr:0.01").ThrowIfFail();
/// Fin&lt;Threshold&gt; threshold = Threshold.Choose(rule, state);
/// </code>
/// <see cref="RuleForm.All"/> lists the rules. Arguments are the decimals that they are written as: 0.3 is 3/10. Compared by text; immutable and safe to
/// share between threads.
/// </summary>
public sealed class ThresholdRule : IEquatable<ThresholdRule>
{
    private readonly Choice choice;

    internal ThresholdRule(string text, RuleForm form, ImmutableArray<RuleParameter> parameters, Choice choice) =>
        (Text, Form, Parameters, this.choice) = (text, form, parameters, choice);

    /// <summary>The rule as it is written, such as <c>max-fpr:0.01</c>.</summary>
    public string Text { get; }

    /// <summary>Its arguments by name.</summary>
    public ImmutableArray<RuleParameter> Parameters { get; }

    /// <summary>What errors call its threshold.</summary>
    internal string Name => $"threshold by {Text}";

    /// <summary>What it is for and how it is computed.</summary>
    internal RuleForm Form { get; }

    /// <summary>Whether normal rows are enough for it.</summary>
    public bool NeedsNormalRowsOnly => Form.NeedsNormalRowsOnly;

    /// <summary>Whether it is for rows and images only, not for pixels.</summary>
    public bool IsOfRowsOnly => Form.IsOfRowsOnly;

    internal Option<MetricError> Problem => choice.Problem;

    /// <inheritdoc/>
    public bool Equals(ThresholdRule? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ThresholdRule);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>The rule as it is written.</summary>
    public override string ToString() => Text;

    /// <summary>The threshold that the rule gives, as rows are ranked, or why there is none.</summary>
    /// <param name="rows">The rows, negated where low scores are anomalous.</param>
    /// <param name="isNegated">Whether they are.</param>
    internal Fin<ChosenPoint> Point(RankState rows, bool isNegated) =>
        Problem
            .Else(() => rows.Refusal(Name, Form.Needs))
            .Match(
                FinFail<ChosenPoint>,
                () => choice.Point(Name, rows, isNegated).Map(point => point with { Threshold = point.Threshold + 0.0 })
            );

    /// <summary>What a rule does with its arguments.</summary>
    /// <param name="Point">The threshold of rows, given its name in errors and whether scores are negated; the classes that it needs are there.</param>
    internal sealed record Choice(Func<string, RankState, bool, Fin<ChosenPoint>> Point)
    {
        /// <summary>What is wrong with the arguments together.</summary>
        public Option<MetricError> Problem { get; init; }
    }
}

/// <summary>A threshold as rows are ranked, and what must be said of it; empty as a rule.</summary>
internal readonly record struct ChosenPoint(double Threshold, string Remark = "");
