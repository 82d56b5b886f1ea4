using System.Text;

namespace FunctionalMetrics.IO;

/// <summary>Names by what they are once letters and their accents are put together (Unicode's form C): some systems write é as two.</summary>
internal sealed class SameNames(IEnumerable<string> names)
{
    private readonly ILookup<string, string> composed = names.ToLookup(Composed, StringComparer.Ordinal);

    /// <summary>The one name that is the same; null where there is none, or more than one.</summary>
    public string? Of(string name) => composed[Composed(name)].Take(2).ToList() is [var only] ? only : null;

    /// <summary>What is no text has no other form.</summary>
    private static string Composed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
