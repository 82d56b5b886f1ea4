using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>Collects what a cell prints, displays and returns, in order, as the outputs that an .ipynb file holds.</summary>
internal sealed class Outputs : TextWriter
{
    private readonly StringBuilder printed = new();
    private JsonArray collected = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => printed.Append(value);

    public override void Write(string? value) => printed.Append(value);

    /// <summary>A value that the cell displayed.</summary>
    public void Display(DisplayedValue value)
    {
        EndPrinted();
        collected.Add(
            new JsonObject
            {
                ["data"] = Data(value.FormattedValues),
                ["metadata"] = new JsonObject(),
                ["output_type"] = "display_data",
            }
        );
    }

    /// <summary>The value of the cell's last expression, as the host displays it: in the forms preferred for its type.</summary>
    public void Return(object value, int execution)
    {
        EndPrinted();
        collected.Add(
            new JsonObject
            {
                ["data"] = Data(FormattedValue.CreateManyFromObject(value)),
                ["execution_count"] = execution,
                ["metadata"] = new JsonObject(),
                ["output_type"] = "execute_result",
            }
        );
    }

    /// <summary>All since the last time.</summary>
    public JsonArray Take()
    {
        EndPrinted();
        var taken = collected;
        collected = [];
        return taken;
    }

    private void EndPrinted()
    {
        if (printed.Length == 0)
            return;
        collected.Add(
            new JsonObject
            {
                ["name"] = "stdout",
                ["output_type"] = "stream",
                ["text"] = Notebook.Lines(printed.ToString()),
            }
        );
        printed.Clear();
    }

    private static JsonObject Data(IEnumerable<FormattedValue> values)
    {
        var data = new JsonObject();
        foreach (var value in values)
            data[value.MimeType] = Notebook.Lines(value.Value.ReplaceLineEndings("\n"));
        return data;
    }
}
