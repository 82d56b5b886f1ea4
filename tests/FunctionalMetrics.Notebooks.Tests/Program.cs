using FunctionalMetrics.Notebooks.Tests;

// Writes the outputs of all notebooks anew, with pictures of their charts, which Chromium draws:
//   dotnet run -c Release --project tests/FunctionalMetrics.Notebooks.Tests -- --update
if (args is not ["--update"])
{
    Console.Error.WriteLine("the only argument is --update");
    return 2;
}
foreach (var name in Notebook.Names)
{
    var notebook = Notebook.Read(name);
    var outputs = StillPictures.Added(await NotebookRun.Outputs(notebook));
    foreach (var (cell, index) in notebook.Code.Select((cell, index) => (cell, index)))
    {
        cell.Outputs = outputs[index];
        cell.Json["execution_count"] = index + 1;
    }
    notebook.Save();
    Console.WriteLine($"{notebook.Name}: {outputs.Count} cells");
}
return 0;
