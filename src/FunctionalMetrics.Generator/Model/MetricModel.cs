namespace FunctionalMetrics.Generator.Model;

/// <summary>
/// A metric as Core declares it: a static class with a static property <c>Metric</c>; where it has parameters, a static method that makes it
/// with others; and for each further form (another batch, another state) a static property, or a static method where that has parameters.
/// </summary>
/// <param name="Name">The class, such as Aupro; for a variant the property or method, such as OfMaps or Bounded.</param>
/// <param name="Owner">The full name of the class.</param>
/// <param name="Property">What holds the metric at the defaults of its parameters: a property, or a call.</param>
/// <param name="Factory">The method that takes the parameters; null without parameters.</param>
/// <param name="Parameters">The parameters, in order.</param>
/// <param name="Batch">What it reads.</param>
/// <param name="State">What it keeps.</param>
/// <param name="Result">What it gives.</param>
/// <param name="Levels">The further batches that Core's <c>Levels</c> can read it from, and its own where that is one of those.</param>
/// <param name="Variants">The same metric in other forms.</param>
/// <param name="Doc">Its documentation.</param>
public sealed record MetricModel(
    string Name,
    string Owner,
    string Property,
    string? Factory,
    IReadOnlyList<ParameterModel> Parameters,
    TypeName Batch,
    TypeName State,
    TypeName Result,
    IReadOnlyList<LevelModel> Levels,
    IReadOnlyList<MetricModel> Variants,
    Doc Doc
);

/// <summary>A parameter of a metric or of a method.</summary>
/// <param name="Name">Its name, as C# writes it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">Its default value; null without one.</param>
/// <param name="Doc">What it means.</param>
public sealed record ParameterModel(string Name, TypeName Type, object? Default, Doc Doc);

/// <summary>A level that a metric can be taken at.</summary>
/// <param name="Name">The level, such as Pixels.</param>
/// <param name="Batch">What is read there.</param>
/// <param name="State">What is kept there.</param>
/// <param name="Method">The full name of the method that takes a metric there; null where the metric is at home.</param>
/// <param name="Doc">What it means.</param>
public sealed record LevelModel(string Name, TypeName Batch, TypeName State, string? Method, Doc Doc);
