using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>What --metrics names.</summary>
/// <param name="Asked">The numbers.</param>
/// <param name="IsList">Whether the names themselves are asked for.</param>
internal sealed record MetricNames(Arr<AskedNumber> Asked, bool IsList)
{
    private const string List = "list";

    public static Fin<MetricNames> Parse(string text) =>
        text == List ? new MetricNames([], true) : AskedNumber.ParseAll(text).Map(asked => new MetricNames(asked, false));

    /// <summary>Explains each name, with its formula.</summary>
    public static void Explain(TextWriter to)
    {
        foreach (var form in NumberForm.All)
        {
            to.WriteLine(form.Text);
            to.WriteLine($"    {form.Meaning}");
            to.WriteLine($"    = {form.Formula}");
        }
    }
}
