using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// All rates and areas of an evaluation, drawn again, and how sure they are: AUROC of images or rows by <see cref="DeLong"/>, that of pixels by <see cref="ClusteredAuroc"/>, every other number by
/// drawing images or rows again (<see cref="Bootstrap.Bca"/>). The one place that says which method a number has. Immutable.
/// </summary>
public sealed class EvaluationDraws
{
    private readonly ImmutableArray<Resampled> drawn;
    private readonly Fin<RocAreas> rows;
    private readonly Fin<RocAreas> pixels;

    private EvaluationDraws(ImmutableArray<Resampled> drawn, Fin<RocAreas> rows, Fin<RocAreas> pixels) =>
        (this.drawn, this.rows, this.pixels) = (drawn, rows, pixels);

    /// <summary>The numbers with their replicates; <see cref="Bootstrap.Mean"/> takes the mean of one over several categories.</summary>
    public ImmutableArray<Resampled> Numbers => [.. drawn.Where(number => PlaceOf(number) is null)];

    /// <summary>Draws rows, each of which is independent; of more than <see cref="ReplicateTable.MostRows"/> AUROC alone has an interval, since it is not drawn.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="asked">What is asked for.</param>
    public static EvaluationDraws Of(RankState rows, DrawRules asked) =>
        new(
            rows.Rows <= ReplicateTable.MostRows ? asked.Drawn(ReplicateTable.Of(rows, asked.Category)) : Undrawn(rows, asked.Settings),
            RocAreas.OfRows(rows),
            new NotResampled(ComparedPairs.Area)
        );

    /// <summary>Draws images, with their pixels; what is independent is the image.</summary>
    /// <param name="images">The images.</param>
    /// <param name="asked">What is asked for.</param>
    public static EvaluationDraws Of(ImageState images, DrawRules asked) =>
        new(asked.Drawn(ReplicateTable.Of(images, asked.Category)), RocAreas.OfRows(images.Scores), RocAreas.OfPixels(images));

    /// <summary>The numbers of some rows, and those of the pixels of images: for scores that are not of the images, and are drawn by themselves.</summary>
    /// <param name="scores">What stands for the level of images.</param>
    /// <param name="images">What stands for that of pixels.</param>
    public static EvaluationDraws Of(EvaluationDraws scores, EvaluationDraws images) =>
        new([.. scores.drawn, .. images.drawn.Where(number => number.Level == Levels.Pixel)], scores.rows, images.pixels);

    /// <summary>How sure each number is.</summary>
    /// <param name="level">How often an interval is to hold the true number, in (0, 1); outside each interval is an <see cref="OutOfRange"/>.</param>
    public ImmutableArray<NumberWithInterval> Intervals(double level = 0.95) => [.. Numbers.Select(number => Interval(number, level))];

    /// <summary>How sure the curves are, point by point, where <see cref="DrawRules.Bands"/> asked for it: by <see cref="Bootstrap.Percentile"/>, so that a band rises where its curve does.</summary>
    /// <param name="level">How often the band is to hold the true height at each of its points, in (0, 1).</param>
    public ImmutableArray<CurveBand> Bands(double level = 0.95) =>
        [
            .. from number in drawn
            let place = PlaceOf(number)
            where place is not null
            from ends in Height(number, level).ToSeq()
            group (place.Value.X, ends) by (number.Level, place.Value.Curve) into points
            select new CurveBand(points.Key.Level, points.Key.Curve, level, [.. points]),
        ];

    /// <summary>Where nothing varies there is no interval; but every ROC curve ends at (1, 1).</summary>
    private static Fin<Interval> Height(Resampled number, double level) =>
        PlaceOf(number) is ("roc", 1) && number.Value.IsSucc
            ? Core.Interval.Known(1)
            : number.Percentile(level).Map(found => new Interval(found.Lower, found.Upper));

    private static (string Curve, double X)? PlaceOf(Resampled number) =>
        number.Key.StartsWith(ComparedPair.AskedPlace, StringComparison.Ordinal)
            ? CurveBands.Read(number.Key[ComparedPair.AskedPlace.Length..])
            : null;

    /// <summary>The numbers of rows that are too many to be drawn.</summary>
    private static ImmutableArray<Resampled> Undrawn(RankState rows, EvaluationSettings settings)
    {
        var numbers = LevelNumbers.Of(rows, settings);
        return
        [
            .. numbers
                .Numbers.Where(number => number.Kind == NumberKind.Rate)
                .Select(number => (number.Key, number.Value))
                .Concat(numbers.Asked.Select(asked => (ComparedPair.AskedPlace + asked.Name, asked.Value)))
                .Select(number => new Resampled(Levels.Image, number.Item1, number.Value.Map(known => known.Lower), [], [])),
        ];
    }

    private NumberWithInterval Interval(Resampled number, double level)
    {
        if (number.Key is ComparedPairs.Area or ComparedPair.AskedPlace + ComparedPairs.Area)
            return number.Level == Levels.Pixel ? OfArea(pixels, ComparedPair.ClusteredMethod) : OfArea(rows, ComparedPair.DeLongMethod);
        return number.Replicates.IsEmpty
            ? new(number.Level, number.Key, number.Value, new TooManyRows(number.Key), BootstrapInterval.OfBca)
            : NumberWithInterval.Drawn(number, level);

        NumberWithInterval OfArea(Fin<RocAreas> areas, string method) =>
            new(number.Level, number.Key, number.Value, areas.Bind(found => found.Interval(0, level)), method);
    }
}

/// <summary>How numbers are drawn again.</summary>
public sealed record DrawRules
{
    /// <summary>Of more rows or images than this no bands are drawn: the heights of all curves without each would fill the memory.</summary>
    public const int MostBanded = 10_000;

    /// <summary>The parameters of the numbers, and which are asked for by name.</summary>
    public EvaluationSettings Settings { get; init; } = new();

    /// <summary>How often, at least once.</summary>
    public int Replicates { get; init; } = ReplicateTable.UsualReplicates;

    /// <summary>What is drawn from.</summary>
    public ulong Seed { get; init; }

    /// <summary>The number of the category among several, counted from 0: each is drawn apart.</summary>
    public int Category { get; init; }

    /// <summary>Whether points of the curves are drawn too, for a band around each; not of more rows or images than <see cref="MostBanded"/>.</summary>
    public bool Bands { get; init; }

    /// <summary>Is given the parts of the draws and how many replicates they hold, and passes the parts on: for whoever shows how far it is.</summary>
    public Func<IEnumerable<ReplicatePart>, int, IEnumerable<ReplicatePart>> Watch { get; init; } = (parts, _) => parts;

    internal ImmutableArray<Resampled> Drawn(ReplicateTable table)
    {
        var settings =
            Bands && table.Normal + table.Anomalous <= MostBanded
                ? Settings with
                {
                    Asked = Settings.Asked.AddRange(CurveBands.Numbers(Settings.FprLimit)),
                }
                : Settings;
        return table.Join(settings, Replicates, Watch(table.Parts(settings, Replicates, Seed), table.Replicates(Replicates)));
    }
}

/// <summary>A number and how sure it is. Compared by value; immutable.</summary>
/// <param name="Level">The level: image or pixel.</param>
/// <param name="Key">Its key in JSON; metrics. and the name where it was asked for by name.</param>
/// <param name="Value">The number, or why there is none.</param>
/// <param name="Interval">Its interval, or why there is none.</param>
/// <param name="Method">How the interval is made: delong, clustered, bootstrap-bca or bootstrap-percentile.</param>
public sealed record NumberWithInterval(string Level, string Key, Fin<double> Value, Fin<Interval> Interval, string Method)
{
    /// <summary>How many of the draws have no value and are left out.</summary>
    public int Undefined { get; init; }

    /// <summary>Why it lies between plain quantiles, where it does.</summary>
    public Option<string> Remark { get; init; }

    /// <summary>A number that was drawn, by <see cref="Bootstrap.Bca"/>.</summary>
    /// <param name="number">The number with its replicates.</param>
    /// <param name="level">How often the interval is to hold the true number, in (0, 1).</param>
    public static NumberWithInterval Drawn(Resampled number, double level = 0.95) =>
        number
            .Bca(level)
            .Match(
                found => new NumberWithInterval(
                    number.Level,
                    number.Key,
                    number.Value,
                    new Interval(found.Lower, found.Upper),
                    found.Method
                )
                {
                    Undefined = found.Undefined,
                    Remark = found.Remark,
                },
                why => new(number.Level, number.Key, number.Value, why, BootstrapInterval.OfBca)
            );
}
