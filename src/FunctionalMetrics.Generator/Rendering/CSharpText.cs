namespace FunctionalMetrics.Generator.Rendering;

/// <summary>How C# is laid out: as CSharpier would, which looks at the snapshots too.</summary>
public static class CSharpText
{
    private const int LineLength = 140;

    /// <summary>A name with its first letter large.</summary>
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>A member with an expression for its body, four columns in: broken only where the line is too long.</summary>
    /// <param name="head">Modifiers, type and name.</param>
    /// <param name="parameters">The parameters of a method; null for a property.</param>
    /// <param name="body">The expression; <c>throw</c> and conditionals stay whole.</param>
    public static string Member(string head, IReadOnlyList<string>? parameters, string body)
    {
        const int Room = LineLength - 4;
        var whole = parameters is null ? head : $"{head}({string.Join(", ", parameters)})";
        return $"{whole} => {body};".Length <= Room ? $"{whole} => {body};"
            : $"{whole} =>".Length <= Room ? $"{whole} =>\n    {body};"
            : $"{head}(\n    {string.Join(",\n    ", parameters ?? [])}\n{Last(body)}";

        static string Last(string body) =>
            $") => {body};".Length <= Room ? $") => {body};"
            : $"    {body};".Length <= Room ? $") =>\n    {body};"
            : $") =>\n    {Text.Indent(Call(body), 4).TrimStart()};";
    }

    /// <summary>A call with each argument on a line of its own.</summary>
    private static string Call(string call)
    {
        var open = call.IndexOf('(', StringComparison.Ordinal);
        var (arguments, depth, start) = (new List<string>(), 0, open + 1);
        for (var i = start; i < call.Length; i++)
        {
            if ((call[i] == ',' && depth == 0) || i == call.Length - 1)
            {
                arguments.Add(call[start..i].Trim());
                start = i + 1;
            }
            depth +=
                call[i] is '(' or '<' ? 1
                : call[i] is ')' || (call[i] is '>' && call[i - 1] != '=') ? -1
                : 0;
        }
        return $"{call[..open]}(\n    {string.Join(",\n    ", arguments)}\n)";
    }

    /// <summary>The head of a type with its base types, on lines of their own where one line is too long.</summary>
    public static string Type(string head, IEnumerable<string> bases)
    {
        var line = $"{head} : {string.Join(", ", bases)}";
        return line.Length <= LineLength ? line : $"{head}\n    : {string.Join(",\n        ", bases)}";
    }

    /// <summary>A field with its value, four columns in; a call that is too long is broken inside its parentheses.</summary>
    public static string Field(string head, string value) =>
        $"{head} = {value};".Length <= LineLength - 4 ? $"{head} = {value};"
        : value.IndexOf('(', StringComparison.Ordinal) is > 0 and var open ? $"{head} = {value[..open]}(\n    {value[(open + 1)..^1]}\n);"
        : $"{head} =\n    {value};";
}
