using System.Globalization;
using System.Text;

namespace FunctionalMetrics.Mutation;

/// <summary>A file in which each of its mutants is chosen as it runs.</summary>
internal static class Written
{
    /// <param name="text">The file.</param>
    /// <param name="mutants">Its mutants, each with its place among all, from 0.</param>
    /// <returns>The file with inner places within outer ones, on the lines that they stood on.</returns>
    public static string Of(string text, IEnumerable<(int Index, Mutant Item)> mutants)
    {
        var all = mutants.OrderBy(one => one.Item.Start).ThenByDescending(one => one.Item.Length).ToList();
        return Within(0, text.Length, all);

        string Within(int start, int end, List<(int Index, Mutant Item)> inside)
        {
            var result = new StringBuilder();
            var at = start;
            while (inside.Count > 0)
            {
                var span = inside[0].Item.Span;
                var here = inside.TakeWhile(one => one.Item.Span == span).ToList();
                var inner = inside.Skip(here.Count).TakeWhile(one => one.Item.Span.End <= span.End).ToList();
                inside = inside[(here.Count + inner.Count)..];
                result.Append(text, at, span.Start - at);
                var original = Within(span.Start, span.End, inner);
                foreach (var (index, mutant) in here)
                    result.Append(CultureInfo.InvariantCulture, $"(global::{Switch.Type}.Is({index + 1}) ? ({OneLine(mutant.After)}) : ");
                result.Append('(').Append(original).Append(')').Append(')', here.Count);
                at = span.End;
            }
            return result.Append(text, at, end - at).ToString();
        }

        // A comment to the end of a line would swallow what follows it.
        static string OneLine(string code) =>
            string.Join(
                ' ',
                code.Split('\n')
                    .Select(line =>
                        line.Contains("//", StringComparison.Ordinal) && !line.Contains('"')
                            ? line[..line.IndexOf("//", StringComparison.Ordinal)]
                            : line.Trim()
                    )
            );
    }
}
