namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>Cells print to the console and read from the folder of the notebooks, both of which the whole process shares.</summary>
[CollectionDefinition(nameof(Console), DisableParallelization = true)]
public sealed class ConsoleCollection;
