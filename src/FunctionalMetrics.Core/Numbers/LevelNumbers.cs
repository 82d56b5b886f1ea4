using System.Collections.Immutable;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// All numbers of one level, in their order, however they were found: the same bits in memory, in passes and in a cluster; in bounded memory intervals
/// that hold them. Thresholds and scores have the user's own sign. Compared by value; immutable.
/// </summary>
/// <param name="Level">The level: <see cref="Image"/> or <see cref="Pixel"/>.</param>
/// <param name="IsBounded">Whether rates and thresholds are given as intervals.</param>
/// <param name="Numbers">The numbers.</param>
public sealed record LevelNumbers(string Level, bool IsBounded, ImmutableArray<LevelNumber> Numbers)
{
    /// <summary>The numbers that were asked for by name, in the order of asking; those that the level has.</summary>
    public ImmutableArray<FoundNumber> Asked { get; init; } = [];

    /// <summary>The level of images, or of rows.</summary>
    public const string Image = Levels.Image;

    /// <summary>The level of pixels.</summary>
    public const string Pixel = Levels.Pixel;

    /// <summary>A number by its key; none where the level does not have it.</summary>
    public Option<Fin<Interval>> Find(string key) =>
        Numbers.FirstOrDefault(number => number.Key == key) is { } found ? found.Value : Option<Fin<Interval>>.None;

    /// <summary>The numbers of rows.</summary>
    public static LevelNumbers Of(RankState rows, EvaluationSettings settings) => Of(new RankingInMemory(rows, default), settings);

    /// <summary>The numbers of pixels.</summary>
    public static LevelNumbers Of(RegionState pixels, EvaluationSettings settings) =>
        Of(new RankingInMemory(pixels.Rank, pixels), settings);

    /// <summary>The same, with the numbers that need each image by itself.</summary>
    public static LevelNumbers Of(ImageState images, EvaluationSettings settings) =>
        Of(new RankingInMemory(images.Pixels.Rank, images.Pixels, images), settings);

    /// <summary>What a histogram of rows tells of them.</summary>
    public static LevelNumbers Of(BoundedRankState rows, EvaluationSettings settings) => Of(new BoundedRanking(rows, default), settings);

    /// <summary>What a histogram of pixels tells of them.</summary>
    public static LevelNumbers Of(BoundedRegionState pixels, EvaluationSettings settings) =>
        Of(new BoundedRanking(pixels.Rank, pixels), settings);

    /// <inheritdoc/>
    public bool Equals(LevelNumbers? other) =>
        other is not null
        && (Level, IsBounded) == (other.Level, other.IsBounded)
        && Numbers.SequenceEqual(other.Numbers)
        && Asked.SequenceEqual(other.Asked);

    /// <inheritdoc/>
    public override int GetHashCode() => Numbers.Aggregate(Level.GetHashCode(), HashCode.Combine);

    internal static LevelNumbers Of(Ranking ranking, EvaluationSettings settings) => Of(ranking, settings, Chosen(settings));

    /// <summary>The numbers with their parameters, as they were chosen before: what they read is known by identity.</summary>
    internal static LevelNumbers Of(
        Ranking ranking,
        EvaluationSettings settings,
        ImmutableArray<(EvaluationNumber Number, EvaluationNumber.Chosen Chosen)> chosen
    ) =>
        new(
            ranking.Regions.IsSome ? Pixel : Image,
            ranking is BoundedRanking,
            [
                .. from number in chosen
                from value in number.Chosen.Value(ranking).ToSeq()
                select new LevelNumber(
                    number.Number.Key,
                    number.Chosen.Title,
                    number.Number.Kind,
                    value,
                    number.Chosen.Remark?.Invoke(ranking) ?? ""
                ),
            ]
        )
        {
            Asked = [.. settings.Asked.SelectMany(asked => asked.Of(ranking, settings).ToSeq())],
        };

    /// <summary>The numbers that are shown, with their parameters.</summary>
    internal static ImmutableArray<(EvaluationNumber Number, EvaluationNumber.Chosen Chosen)> Chosen(EvaluationSettings settings) =>
        [.. EvaluationNumber.All.Where(number => number.IsShown).Select(number => (number, number.With(settings)))];
}

/// <summary>A number of a level. Compared by value; immutable.</summary>
/// <param name="Key">Its name in JSON; what stands before a dot is the name of the object that it stands in.</param>
/// <param name="Title">Its name in tables; without one it stands in none.</param>
/// <param name="Kind">What kind of number it is.</param>
/// <param name="Value">The number, both ends the same where it is exact, or why there is none.</param>
/// <param name="Remark">What tables put after the number; empty as a rule.</param>
public sealed record LevelNumber(string Key, string? Title, NumberKind Kind, Fin<Interval> Value, string Remark)
{
    /// <summary>What its key says: the object that it stands in, such as at_threshold, or nothing; and its name there.</summary>
    public (string Object, string Name) Place => Key.Split('.') is [var inside, var name] ? (inside, name) : ("", Key);
}
