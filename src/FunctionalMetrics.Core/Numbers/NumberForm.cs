using System.Collections.Immutable;
using System.Globalization;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// How a number is asked for by name, declared beside its metric as a public static property of this type: that is all it takes for
/// <see cref="AskedNumber.Parse"/> to know it, and <c>fmetrics evaluate --metrics</c> with it.
/// <code>
/// public static NumberForm Form { get; } =
///     NumberForm.Of("tpr@fpr=A", "tpr@fpr=0.01", "largest true positive rate ...", "max tp / P ...", values => At(values[0]));
/// </code>
/// Immutable and safe to share between threads.
/// </summary>
public sealed class NumberForm
{
    private readonly string name;
    private readonly string key;
    private readonly int values;
    private readonly Func<double[], AskedNumber.Choice> choose;

    private NumberForm(string pattern, string example, string meaning, string formula, Func<double[], AskedNumber.Choice> choose)
    {
        (Pattern, Example, Meaning, Formula, this.choose) = (pattern, example, meaning, formula, choose);
        (name, key, var holes) = Cut(pattern);
        values = holes.Length;
    }

    /// <summary>All that are declared, by their patterns.</summary>
    public static ImmutableArray<NumberForm> All { get; } =
    [.. Declared.All<NumberForm>().OrderBy(form => form.Pattern, StringComparer.Ordinal)];

    /// <summary>How it is written, with capitals for the values of its parameters: <c>tpr@fpr=A</c>.</summary>
    public string Pattern { get; }

    /// <summary>How it is written with values: <c>tpr@fpr=0.01</c>.</summary>
    public string Example { get; }

    /// <summary>How it is written, with an example where it has parameters.</summary>
    public string Text => Pattern == Example ? Pattern : $"{Pattern}, such as {Example}";

    /// <summary>What it is.</summary>
    public string Meaning { get; }

    /// <summary>How it is computed.</summary>
    public string Formula { get; }

    /// <summary>A number of ranks or regions.</summary>
    /// <param name="pattern">How it is written, with capitals for the values of its parameters.</param>
    /// <param name="example">How it is written with values.</param>
    /// <param name="meaning">What it is.</param>
    /// <param name="formula">How it is computed.</param>
    /// <param name="number">The number for values of the parameters.</param>
    internal static NumberForm Of(string pattern, string example, string meaning, string formula, Func<double[], RankNumber> number) =>
        new(pattern, example, meaning, formula, values => Choice(number(values)));

    /// <summary>A rate at the threshold that is given, or at the optimum's.</summary>
    /// <param name="pattern">How it is written, with capitals for the values of its parameters.</param>
    /// <param name="example">How it is written with values.</param>
    /// <param name="meaning">What it is.</param>
    /// <param name="formula">How it is computed.</param>
    /// <param name="rate">The rate for values of the parameters; it does not fall as rows are ranked better, or does not rise.</param>
    /// <param name="higherIsBetter">Whether a larger rate is a better detector; none where neither is.</param>
    internal static NumberForm Rate(
        string pattern,
        string example,
        string meaning,
        string formula,
        Func<double[], Func<ConfusionMatrix, Fin<double>>> rate,
        Option<bool> higherIsBetter
    ) => new(pattern, example, meaning, formula, values => CalledRate.Choice(rate(values)) with { HigherIsBetter = higherIsBetter });

    /// <summary>A number of the images that pixels are of; a larger one is a better detector.</summary>
    /// <param name="pattern">How it is written, with capitals for the values of its parameters.</param>
    /// <param name="example">How it is written with values.</param>
    /// <param name="meaning">What it is.</param>
    /// <param name="formula">How it is computed.</param>
    /// <param name="problem">What is wrong with values of the parameters.</param>
    /// <param name="number">The number for values of the parameters.</param>
    /// <param name="repeated">The same of images that stand several times or not at all.</param>
    internal static NumberForm OfImages(
        string pattern,
        string example,
        string meaning,
        string formula,
        Func<double[], Option<MetricError>> problem,
        Func<double[], ImageState, Fin<double>> number,
        Func<double[], KeptImage[], Func<int[], Fin<double>>> repeated
    ) =>
        new(
            pattern,
            example,
            meaning,
            formula,
            values =>
                new([], (ranking, _) => ranking.Images.Map(images => new FoundRate(number(values, images).Map(Interval.Known))))
                {
                    Problem = problem(values),
                    NeedsImages = true,
                    Repeated = Some((KeptImage[] images) => repeated(values, images)),
                }
        );

    /// <summary>The number of the swapped classes, what is normal being looked for; of which no row may be missing.</summary>
    /// <param name="pattern">How it is written.</param>
    /// <param name="meaning">What it is.</param>
    /// <param name="formula">How it is computed.</param>
    /// <param name="number">The number, of the swapped classes.</param>
    internal static NumberForm OfTwin(string pattern, string meaning, string formula, RankNumber number) =>
        new(
            pattern,
            pattern,
            meaning,
            formula,
            _ =>
                new(
                    [],
                    (ranking, _) =>
                        ranking.Negatives == 0
                            ? Some(new FoundRate(new Undefined(number.Name, Missing.NormalRow, ranking.Rows)))
                            : ranking.Twin.Bind(number.Of).Map(value => new FoundRate(value))
                )
                {
                    ReductionsOfTwin = [number.Number.Reduction],
                    NeedsNormalScores = true,
                }
        );

    /// <summary>What a name asks for, in this form; none where it is written in another one.</summary>
    internal Option<AskedNumber.Choice> Read(string asked)
    {
        var (askedName, askedKey, texts) = Cut(asked);
        if (askedName != name || askedKey != key || texts.Length != values)
            return None;
        var read = new double[values];
        for (var i = 0; i < values; i++)
            if (!double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out read[i]) || !double.IsFinite(read[i]))
                return None;
        return choose(read);
    }

    /// <summary>Whether a name begins as this one does.</summary>
    internal bool BeginsAs(string asked) => Cut(asked).Name == name;

    /// <summary>tpr@fpr=0.01 is tpr, fpr= and 0.01; logauroc@0.001:0.1 is logauroc, nothing, and 0.001 and 0.1.</summary>
    private static (string Name, string Key, string[] Values) Cut(string text)
    {
        if (text.IndexOf('@', StringComparison.Ordinal) is var at && at < 0)
            return (text, "", []);
        var rest = text[(at + 1)..];
        var values = rest.IndexOf('=', StringComparison.Ordinal) + 1;
        return (text[..at], rest[..values], rest[values..].Split(':'));
    }

    internal static AskedNumber.Choice Choice(RankNumber number) =>
        new(
            [number.Number.Reduction],
            (ranking, _) =>
                number
                    .Of(ranking)
                    .Map(value =>
                        number.Point(ranking) is var point
                            ? new FoundRate(value, point.Map(found => found.Threshold), point.Map(found => found.Counts))
                            : default
                    )
        )
        {
            HigherIsBetter = number.HigherIsBetter,
            Problem = number.Problem,
            Point = ranking => number.Number.Point(ranking),
            NeedsNormalScores = number.Number.MayPointAtNormal,
        };
}
