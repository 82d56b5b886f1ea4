// A threshold is chosen on some images and judged on others:
//   dotnet run notebooks/choosing-a-threshold.cs
// The packages come from the folder that the dotnet pack command in README.md fills (see nuget.config beside this file).
#:package FunctionalMetrics@0.1.0
#:package FunctionalMetrics.IO@0.1.0
#:property PublishAot=false

using System.Runtime.CompilerServices;
using FunctionalMetrics;
using FunctionalMetrics.IO;

var images = MapDataset.Open(Path.Combine(Here(), "data", "brick")).Read().ToList();

var validation = Of(images.Where(IsOdd));
var line = Of(images.Where(image => !IsOdd(image)));
Console.WriteLine($"validation: {validation.State}");
Console.WriteLine($"line:       {line.State}");

var threshold = new AdaptiveThresholdMetric { State = validation.State }.Compute();
var (promised, reached) = (validation.At(threshold), line.At(threshold));
Console.WriteLine($"promised F1 {promised.F1}: {promised}");
Console.WriteLine($"reached  F1 {reached.F1}: {reached}");

new Figure("what the threshold costs the line", Charts.Calibration(line.State, threshold)).SaveHtml("threshold.html");
Console.WriteLine("the chart is in threshold.html");

static OptimalF1Metric Of(IEnumerable<LabelledMaps> some) =>
    some.Aggregate(new OptimalF1Metric(), (metric, image) => metric.Update(image.Batch.Images));

// Known parts have odd numbers; the even ones come later.
static bool IsOdd(LabelledMaps image) => (image.Names[0][^1] - '0') % 2 == 1;

static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
