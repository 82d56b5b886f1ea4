// Beside a model that gives scores, with the threshold that was chosen before:
//   dotnet run notebooks/deciding-on-the-line.cs
// This is all that a program needs that runs an ONNX model: Model.Score stands in for its session, and reads maps that the model has made.
#:package FunctionalMetrics@0.1.0
#:package FunctionalMetrics.IO@0.1.0
#:property PublishAot=false

using System.Runtime.CompilerServices;
using FunctionalMetrics;
using FunctionalMetrics.IO;

var maps = Path.Combine(Path.GetDirectoryName(Here())!, "data", "brick");

// Before, on validation images: fmetrics threshold VALIDATION --rule f1 --out threshold.json
var known = MapDataset.Open(maps).Read().Where(image => IsOdd(image.Names[0]));
var rule = known.Aggregate(new ThresholdByRuleMetric("f1"), (metric, image) => metric.Update(image.Batch.Images));
File.WriteAllText("threshold.json", ThresholdFile.Text(rule.Result()));

// On the line: the file and the scores, no labels.
Threshold threshold = ThresholdFile.Read("threshold.json");
Normalisation shown = threshold.Normalised(sensitivity: 0.5);
Console.WriteLine($"threshold {threshold.Value}, chosen by {threshold.Rule} on {threshold.Rows} images");
var rejected = 0;
foreach (var part in Model.Parts(maps).Where(part => !IsOdd(part)))
{
    float score = Model.Score(part);
    // Decided on the raw score, in double: what is shown is rounded and cut, and decides nothing.
    rejected += threshold.Flags(score) ? 1 : 0;
    Console.WriteLine($"{Path.GetRelativePath(maps, part)}: {shown.Of(score):F4} {(shown.Flags(score) ? "reject" : "pass")}");
}
Console.WriteLine($"rejected {rejected}");

// Known parts have odd numbers; the even ones come later.
static bool IsOdd(string name) => (Path.GetFileNameWithoutExtension(name)[^1] - '0') % 2 == 1;

static string Here([CallerFilePath] string path = "") => path;

internal static class Model
{
    public static IEnumerable<string> Parts(string maps) =>
        Directory.EnumerateFiles(Path.Combine(maps, "anomaly_maps"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>With ONNX Runtime: the largest value of session.Run([...]).First().AsTensor&lt;float&gt;().</summary>
    public static float Score(string part) => (float)new MinMaxMetric().Update(MapSource.Open(part).Read().Single().Pixels).Compute().Max;
}
