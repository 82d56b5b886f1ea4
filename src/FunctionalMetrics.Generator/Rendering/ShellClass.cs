using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Rendering;

/// <summary>A class of the C# shell: a metric at one level.</summary>
/// <param name="Name">Its name, such as PixelAurocMetric.</param>
/// <param name="Label">The metric as one word, such as Auroc or BoundedAuroc.</param>
/// <param name="Metric">The metric, or a form of it.</param>
/// <param name="Level">The level that the metric is taken to; null where it is at home.</param>
/// <param name="State">What it keeps.</param>
/// <param name="Inputs">The batches that it reads, its own first.</param>
/// <param name="Made">The core's metric with the values of the class's properties for parameters.</param>
/// <param name="Number">How <c>Compute</c> reads the one number off a result; null where it gives the whole result.</param>
/// <param name="Numbers">The numbers that a table shows of a result, by name; the name of a single number is empty.</param>
/// <param name="Curve">The curve of a result and how it is read off; null without one.</param>
public sealed record ShellClass(
    string Name,
    string Label,
    MetricModel Metric,
    LevelModel? Level,
    TypeName State,
    IReadOnlyList<ShellInput> Inputs,
    string Made,
    string? Number,
    IReadOnlyList<ShellPart> Numbers,
    ShellPart? Curve
)
{
    /// <summary>What <c>Compute</c> gives, as C# writes it.</summary>
    public string Value => Number is null ? $"{Metric.Result}" : "double";

    /// <summary>The interfaces that it implements; a result without numbers has no place in an evaluator's table.</summary>
    public IEnumerable<string> Interfaces =>
        Inputs
            .Select(input => $"IUpdate<{input.Batch.Type}, {Name}>")
            .Concat(Tables.Select(input => $"IMetric<{input.Batch.Type}>"))
            .Prepend($"IMetricResult<{Metric.Result}>");

    /// <summary>
    /// How tensors become its batches: labelled and unlabelled ones are told apart by the number of arguments, rows and images by the dimensions
    /// where it reads both.
    /// </summary>
    public IEnumerable<ShellTensors> Tensors =>
        Of(["TensorScores scores", "TensorLabels labels"], "ScoreBatch", "MapBatch").Concat(Of(["TensorScores scores"], "Scores", "Maps"));

    private IEnumerable<ShellTensors> Of(IReadOnlyList<string> parameters, string rows, string images)
    {
        var arguments = string.Join(", ", parameters.Select(parameter => parameter.Split(' ')[1]));
        var (ofRows, ofImages) = ($"Update(TensorBatches.Rows({arguments}))", $"Update(TensorBatches.Images({arguments}))");
        return (Reads(rows), Reads(images)) switch
        {
            (true, true) => [new(parameters, $"TensorBatches.AreRows(scores) ? {ofRows} : {ofImages}")],
            (true, false) => [new(parameters, ofRows)],
            (false, true) => [new(parameters, ofImages)],
            _ => [],
        };
    }

    private bool Reads(string batch) => Inputs.Any(input => input.Batch.Type.Name == batch);

    /// <summary>The inputs by which an evaluator can read it.</summary>
    public IEnumerable<ShellInput> Tables =>
        Numbers.Count == 0 ? [] : Inputs.Where(input => input.Batch.Type.Name is "ScoreBatch" or "MapBatch");
}

/// <summary>A batch that a class reads.</summary>
/// <param name="Field">The field that holds the core's metric of the batch, at the defaults of its parameters.</param>
/// <param name="Expression">How that metric is made.</param>
/// <param name="Batch">The batch.</param>
public sealed record ShellInput(string Field, string Expression, BatchModel Batch);

/// <summary>A way to update by tensors.</summary>
/// <param name="Parameters">The parameters of the method.</param>
/// <param name="Body">What it does.</param>
public sealed record ShellTensors(IReadOnlyList<string> Parameters, string Body);

/// <summary>A part of a result.</summary>
/// <param name="Name">Its name; for a curve its type.</param>
/// <param name="Path">What is written after the result to read it.</param>
public sealed record ShellPart(string Name, string Path);
