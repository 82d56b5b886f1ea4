using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;

namespace FunctionalMetrics.Cli;

/// <summary>A comparison with the detectors that it is of.</summary>
/// <param name="Result">What was found.</param>
/// <param name="Models">The detectors, in its order.</param>
internal sealed record Compared(Comparison Result, IReadOnlyList<ComparedModel> Models)
{
    /// <summary>What a unit is, and what several are.</summary>
    public (string One, string Many) Unit => Models.All(model => model.Images is not null) ? ("image", "images") : ("row", "rows");
}

/// <summary>A detector that is compared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scores">The scores of images or rows, of which the high ones are anomalous.</param>
/// <param name="LowerIsAnomalous">Whether they are the user's own, negated.</param>
internal sealed record ComparedModel(string Name, RankState Scores, bool LowerIsAnomalous)
{
    /// <summary>The images by themselves; null where there are rows.</summary>
    public ImageState? Images { get; init; }

    /// <summary>Where its maps are read; null where there are none to be drawn.</summary>
    public EvaluateInput? Maps { get; init; }

    /// <summary>A score as the user gave it.</summary>
    public double Own(double score) => LowerIsAnomalous ? 0 - score : score;
}

/// <summary>What the command found: a comparison, or one of each category with their mean.</summary>
/// <param name="Parts">Each category with its name, which is empty where there is one comparison alone.</param>
/// <param name="Mean">The means over the categories; null where there is one comparison alone.</param>
internal sealed record ComparedData(IReadOnlyList<(string Category, Comparison Result)> Parts, Comparison? Mean)
{
    /// <summary>The names of the detectors.</summary>
    public IEnumerable<string> Models => Parts[0].Result.Models;

    /// <summary>The categories and their mean, as tables show them.</summary>
    public IEnumerable<(string Category, Comparison Result)> All => Mean is null ? Parts : [.. Parts, ("mean", Mean)];

    /// <summary>One comparison.</summary>
    public static ComparedData Of(Comparison result) => new([("", result)], null);
}
