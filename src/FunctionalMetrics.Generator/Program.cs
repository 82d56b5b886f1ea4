using FunctionalMetrics.Generator.Reading;
using FunctionalMetrics.Generator.Rendering;

// One error to a line, in the form that MSBuild takes up as errors of the build.
if (args is not [var names, var core, var references, var folder])
    return Fail(2, "usage: FunctionalMetrics.Generator SURFACE[,SURFACE] CORE.DLL REFERENCES.TXT FOLDER");
var surfaces = names.Split(',').Select(name => (name, surface: Surface.All.FirstOrDefault(surface => surface.Name == name))).ToList();
if (surfaces.FirstOrDefault(named => named.surface is null).name is { } unknown)
    return Fail(2, $"there is no surface {unknown}, only {string.Join(", ", Surface.All.Select(surface => surface.Name))}");

var reading = CoreReader.Read(core, File.ReadLines(references).Where(line => line.Length > 0));
string[] problems = [.. reading.Problems, .. surfaces.SelectMany(named => named.surface!.Problems(reading.Model)).Distinct()];
if (problems.Length > 0)
    return Fail(1, problems);

Directory.CreateDirectory(folder);
foreach (var (file, text) in surfaces.SelectMany(named => named.surface!.Render(reading.Model)))
    File.WriteAllText(Path.Combine(folder, file), text);
return 0;

static int Fail(int code, params string[] sentences)
{
    foreach (var sentence in sentences)
        Console.Error.WriteLine($"FunctionalMetrics.Generator : error FM{code:0000}: {sentence}");
    return code;
}
