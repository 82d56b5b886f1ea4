using System.Collections.Immutable;
using System.Globalization;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// How a rule for a threshold is written, declared as a public static property of this type: that is all it takes for <see cref="Parse"/> to
/// know it, and <c>fmetrics threshold --rule</c> with it. Immutable and safe to share between threads.
/// </summary>
public sealed class RuleForm
{
    private readonly ImmutableArray<RuleArgument> arguments;
    private readonly Func<ImmutableArray<double>, ThresholdRule.Choice> choose;

    private RuleForm(string example, ImmutableArray<RuleArgument> arguments, Func<ImmutableArray<double>, ThresholdRule.Choice> choose)
    {
        (Example, this.arguments, this.choose) = (example, arguments, choose);
        Name = example.Split(':')[0];
    }

    /// <summary>All that are declared, in the order of their declaration.</summary>
    public static ImmutableArray<RuleForm> All { get; } = Declared.All<RuleForm>();

    /// <summary>What a rule begins with: <c>max-fpr</c>.</summary>
    public string Name { get; }

    /// <summary>How it is written, with capitals for its arguments: <c>max-fpr:A</c>.</summary>
    public string Pattern =>
        Name + string.Concat(arguments.Select(argument => argument.IsOptional ? $"[:{argument.Letter}]" : $":{argument.Letter}"));

    /// <summary>How it is written with values: <c>max-fpr:0.01</c>.</summary>
    public string Example { get; }

    /// <summary>How it is written, with an example where it has arguments.</summary>
    public string Text => Pattern == Example ? Pattern : $"{Pattern}, such as {Example}";

    /// <summary>What it is for.</summary>
    public required string Meaning { get; init; }

    /// <summary>Which threshold it gives.</summary>
    public required string Formula { get; init; }

    /// <summary>Whether normal rows are enough for it.</summary>
    public bool NeedsNormalRowsOnly => Needs == Needs.NormalRow;

    /// <summary>Whether it is for rows and images only, not for pixels.</summary>
    public bool IsOfRowsOnly { get; init; }

    /// <summary>The classes that it needs.</summary>
    internal Needs Needs { get; init; }

    internal static RuleForm Of(
        string example,
        ImmutableArray<RuleArgument> arguments,
        Func<ImmutableArray<double>, ThresholdRule.Choice> choose,
        Needs needs,
        string meaning,
        string formula,
        bool isOfRowsOnly = false
    ) =>
        new(example, arguments, choose)
        {
            Needs = needs,
            Meaning = meaning,
            Formula = formula,
            IsOfRowsOnly = isOfRowsOnly,
        };

    /// <summary>
    /// The rule of a text. Fails with <see cref="UnknownRule"/> where none is written so, and with <see cref="OutOfRange"/> where an argument lies outside of its
    /// range.
    /// </summary>
    /// <param name="text">The text, such as <c>cost:10:1:0.02</c>.</param>
    public static Fin<ThresholdRule> Parse(string text)
    {
        var asked = text.Trim();
        return All.Select(form => form.Read(asked))
            .FirstOrDefault(read => read.IsSome)
            .IfNone(() => new UnknownRule(asked, Written(asked)));
    }

    /// <summary>The rule of a text; none where it is written in another form.</summary>
    internal Option<Fin<ThresholdRule>> Read(string text)
    {
        var parts = text.Split(':');
        var values = ImmutableArray.CreateBuilder<double>();
        if (parts[0] != Name || parts.Length - 1 > arguments.Length || parts.Length - 1 < arguments.Count(argument => !argument.IsOptional))
            return None;
        foreach (var (part, argument) in parts.Skip(1).Zip(arguments))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                return None;
            if (!argument.IsIn(value))
                return FinFail<ThresholdRule>(new OutOfRange($"{argument.Letter} of {Name}", value, argument.Range));
            values.Add(value + 0.0);
        }
        var given = values.ToImmutable();
        return
            new ThresholdRule(text, this, [.. given.Zip(arguments, (value, of) => new RuleParameter(of.Name, value))], choose(given))
                is var rule
            && rule.Problem.Case is MetricError wrong
            ? FinFail<ThresholdRule>(wrong)
            : FinSucc(rule);
    }

    /// <summary>How a rule that begins so is written, or which rules there are.</summary>
    private static string Written(string asked) =>
        All.FirstOrDefault(form => form.Name == asked.Split(':')[0]) is { } alike
            ? $"it is written {alike.Text}"
            : $"those there are: {string.Join(", ", All.Select(form => form.Pattern))}";
}

/// <summary>An argument of a rule. Compared by value; immutable.</summary>
/// <param name="Name">Its name, as a threshold file has it.</param>
/// <param name="Value">Its value.</param>
public readonly record struct RuleParameter(string Name, double Value);

/// <summary>An argument as a rule declares it.</summary>
/// <param name="Letter">What stands for it in the pattern.</param>
/// <param name="Name">Its name in a threshold file.</param>
/// <param name="IsIn">Whether a finite number lies in its range.</param>
/// <param name="Range">The range as text.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
internal readonly record struct RuleArgument(string Letter, string Name, Func<double, bool> IsIn, string Range, bool IsOptional = false)
{
    /// <summary>A share of rows.</summary>
    public static RuleArgument Share(string letter, string name, bool isOptional = false) =>
        new(letter, name, value => value is >= 0 and <= 1, "[0, 1]", isOptional);
}
