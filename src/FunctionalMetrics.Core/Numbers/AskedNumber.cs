using System.Collections.Immutable;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A number that an evaluation shows because it was asked for by name, beside those that are declared as shown:
/// <code>
/// var settings = new EvaluationSettings { Asked = AskedNumber.ParseAll("fpr95,tpr@fpr=0.01,pauroc@0.1").ThrowIfFail() };
/// var found = LevelNumbers.Of(state, settings).Asked;
/// </code>
/// <see cref="NumberForm.All"/> lists the names. Compared by name; immutable and safe to share between threads.
/// </summary>
public sealed class AskedNumber : IEquatable<AskedNumber>
{
    private readonly Choice choice;

    private AskedNumber(string name, Choice choice) => (Name, this.choice) = (name, choice);

    /// <summary>The name that it was asked for by.</summary>
    public string Name { get; }

    /// <summary>Whether it reads normal scores one by one, so that they cannot be forgotten: its threshold may be one of them.</summary>
    public bool NeedsNormalScores => choice.NeedsNormalScores;

    /// <summary>Whether it needs each image by itself: only a state that keeps images has it.</summary>
    public bool NeedsImages => choice.NeedsImages;

    /// <summary>Whether a larger number is a better detector; none where neither is.</summary>
    public Option<bool> HigherIsBetter => choice.HigherIsBetter;

    internal ImmutableArray<IReduction> Reductions => choice.Reductions;

    /// <summary>Of images that it needs by themselves: what it is where each stands so many times or not at all. None of a number that is read off a sweep.</summary>
    internal Option<Func<int[], Fin<double>>> Repeated(KeptImage[] images) => choice.Repeated.Map(of => of(images));

    /// <summary>What it reads off the sweep of the swapped classes.</summary>
    internal ImmutableArray<IReduction> ReductionsOfTwin => choice.ReductionsOfTwin;

    /// <summary>
    /// The number of a name. Fails with <see cref="UnknownNumber"/> where none has it, and with <see cref="OutOfRange"/> where a parameter lies outside of
    /// its range.
    /// </summary>
    /// <param name="name">The name, such as <c>tpr@fpr=0.01</c>.</param>
    public static Fin<AskedNumber> Parse(string name)
    {
        var asked = name.Trim();
        return NumberForm
            .All.Select(form => form.Read(asked))
            .FirstOrDefault(read => read.IsSome)
            .Match(
                choice => choice.Problem.Match(FinFail<AskedNumber>, () => new AskedNumber(asked, choice)),
                () => new UnknownNumber(asked, Written(asked))
            );
    }

    /// <summary>The numbers of a list of names, with commas between them; one that is named twice is taken once. The first failure of <see cref="Parse"/>.</summary>
    /// <param name="names">The names, such as <c>auroc,fpr95</c>.</param>
    public static Fin<Arr<AskedNumber>> ParseAll(string names) =>
        names
            .Split(',')
            .Aggregate(FinSucc(Arr<AskedNumber>.Empty), (known, name) => from some in known from one in Parse(name) select With(some, one));

    /// <inheritdoc/>
    public bool Equals(AskedNumber? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AskedNumber);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>A number that nobody can ask for by name.</summary>
    internal static AskedNumber Of(string name, RankNumber number) => new(name, NumberForm.Choice(number));

    /// <summary>The number of a level; none at a level that does not have it.</summary>
    internal Option<FoundNumber> Of(Ranking ranking, EvaluationSettings settings) =>
        choice.Value(ranking, settings).Map(found => new FoundNumber(Name, found.Value, found.Threshold.Map(settings.Own), found.Counts));

    /// <summary>Which normal row's score its threshold is; none where that is known.</summary>
    internal Option<long> NormalRow(ExactRanking ranking) =>
        choice.Point(ranking).Bind(point => point.NormalRow is > 0 and var row && row <= ranking.Negatives ? Some(row) : None);

    /// <summary>How a name that begins so is written, or which names there are.</summary>
    private static string Written(string asked)
    {
        var alike = NumberForm.All.Where(form => form.BeginsAs(asked)).Select(form => form.Text).ToList();
        return alike.Count > 0
            ? $"it is written {string.Join(" or ", alike)}"
            : $"those there are: {string.Join(", ", NumberForm.All.Select(form => form.Pattern))}";
    }

    private static Arr<AskedNumber> With(Arr<AskedNumber> some, AskedNumber one) => some.Contains(one) ? some : some.Add(one);

    /// <summary>A number whose parameters are chosen.</summary>
    /// <param name="Reductions">What it reads off a sweep.</param>
    /// <param name="Value">The number of a level, with the threshold as scores are ranked; none at a level that does not have it.</param>
    internal sealed record Choice(ImmutableArray<IReduction> Reductions, Func<Ranking, EvaluationSettings, Option<FoundRate>> Value)
    {
        /// <summary>Whether a larger number is a better detector; none where neither is.</summary>
        public Option<bool> HigherIsBetter { get; init; } = true;

        /// <summary>What is wrong with its parameters.</summary>
        public Option<MetricError> Problem { get; init; }

        /// <summary>Where its threshold may be a normal score: which.</summary>
        public Func<ExactRanking, Option<SweepPoint>> Point { get; init; } = _ => None;

        /// <summary>What it reads off the sweep of the swapped classes.</summary>
        public ImmutableArray<IReduction> ReductionsOfTwin { get; init; } = [];

        /// <summary>Whether it reads normal scores: its threshold may be one, or the classes are swapped.</summary>
        public bool NeedsNormalScores { get; init; }

        /// <summary>Whether it needs each image by itself.</summary>
        public bool NeedsImages { get; init; }

        /// <summary>Where it needs images: what it is where each stands so many times or not at all.</summary>
        public Option<Func<KeptImage[], Func<int[], Fin<double>>>> Repeated { get; init; }
    }
}

/// <summary>A number, and the threshold that gives it and the counts there, where these are known.</summary>
internal readonly record struct FoundRate(
    Fin<Interval> Value,
    Option<double> Threshold = default,
    Option<ConfusionMatrix> Counts = default
);

/// <summary>A number that was asked for. Compared by value; immutable.</summary>
/// <param name="Name">The name that it was asked for by.</param>
/// <param name="Value">The number, both ends the same where it is exact, or why there is none.</param>
/// <param name="Threshold">The threshold that gives it, in the user's own scores; none where no single one does, or none is known.</param>
/// <param name="Counts">tp, fp, fn and tn there.</param>
public sealed record FoundNumber(string Name, Fin<Interval> Value, Option<double> Threshold, Option<ConfusionMatrix> Counts);
