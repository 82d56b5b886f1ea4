using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>Rows of maps and masks of a data set, among them all with an anomalous pixel.</summary>
/// <param name="Images">How many images of the data set are done with them.</param>
/// <param name="Batch">The rows, checked.</param>
public sealed record AnomalousRows(int Images, MapBatch Batch);
