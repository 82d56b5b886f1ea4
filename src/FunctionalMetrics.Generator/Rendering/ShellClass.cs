using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Rendering;

/// <summary>A class of the C# shell: a metric at one level.</summary>
/// <param name="Name">Its name, such as PixelAurocMetric.</param>
/// <param name="Label">The metric as one word, such as Auroc or BoundedAuroc.</param>
/// <param name="Metric">The metric, or a form of it.</param>
/// <param name="Level">The level that the metric is taken to; null where it is at home.</param>
/// <param name="State">What it keeps.</param>
/// <param name="Inputs">The batches that it reads, first the one by which an evaluator does.</param>
/// <param name="Home">The core's metric at the defaults of its parameters.</param>
/// <param name="Value">The type that <c>Compute</c> gives.</param>
/// <param name="Headline">What is written after the result to read that value.</param>
/// <param name="Numbers">The numbers that a table shows of a result, by name; the name of a single number is empty.</param>
/// <param name="Curve">The curve of a result and how it is read off; null without one.</param>
public sealed record ShellClass(
    string Name,
    string Label,
    MetricModel Metric,
    LevelModel? Level,
    TypeName State,
    IReadOnlyList<ShellInput> Inputs,
    string Home,
    string Value,
    string Headline,
    IReadOnlyList<ShellPart> Numbers,
    ShellPart? Curve
)
{
    /// <summary>
    /// How tensors become its batches: labelled and unlabelled ones are told apart by the number of arguments, rows and images by the dimensions
    /// where it reads both.
    /// </summary>
    public IEnumerable<ShellPart> Tensors =>
        from way in Ways
        where Inputs.Any(input => input.Batch.Type.Name == way.Batch)
        group $"Update(TensorBatches.{way.Made}({way.Arguments}))" by way.Arguments into calls
        select new ShellPart(
            string.Join(", ", calls.Key.Split(", ").Select(name => $"{(name == "scores" ? "TensorScores" : "TensorLabels")} {name}")),
            (calls.Count() > 1 ? "TensorBatches.AreRows(scores) ? " : "") + string.Join(" : ", calls)
        );

    private static readonly (string Batch, string Arguments, string Made)[] Ways =
    [
        ("ScoreBatch", "scores, labels", "Rows"),
        ("MapBatch", "scores, labels", "Images"),
        ("MapBatch", "scores, labels, ignore", "Images"),
        ("Scores", "scores", "Rows"),
        ("Maps", "scores", "Images"),
    ];
}

/// <summary>A batch that a class reads.</summary>
/// <param name="Expression">The core's metric of the batch, with the values of the class's properties for parameters.</param>
/// <param name="Batch">The batch.</param>
public sealed record ShellInput(string Expression, BatchModel Batch);

/// <summary>A part of a result, or a way to update.</summary>
/// <param name="Name">Its name; for a curve its type, for an update its parameters.</param>
/// <param name="Path">The expression that reads it off the result, or that updates.</param>
public sealed record ShellPart(string Name, string Path);
