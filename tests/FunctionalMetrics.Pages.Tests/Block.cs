using System.Text.RegularExpressions;

namespace FunctionalMetrics.Pages.Tests;

/// <summary>A block of code of a page, or a command in its text.</summary>
/// <param name="Page">The page's path in the repository.</param>
/// <param name="Line">The line that the code begins in.</param>
/// <param name="Fence">What its fence says; <see cref="Inline"/> for a command in the text.</param>
/// <param name="Code">The code, without the fence.</param>
internal sealed partial record Block(string Page, int Line, string Fence, string Code)
{
    public const string Inline = "command in the text";

    /// <summary>Comments of the page that stand before the block, without their marks: see <see cref="Said"/>.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>The pages of the repository, by their paths in it.</summary>
    public static IEnumerable<string> Pages =>
        ((string[])["src", "notebooks", "tests", ".github"])
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(page => !page.Split('/').Any(name => name is "bin" or "obj" or "Snapshots"))
            .Append("README.md")
            .Order(StringComparer.Ordinal);

    /// <summary>
    /// What a comment before the block says after its first word: <c>given</c> is code that the block needs and that stands before it; <c>excerpt of</c>
    /// names a file that the block is from; <c>then</c> says what a file holds afterwards.
    /// </summary>
    public IEnumerable<string> Said(string first) =>
        Comments.Where(comment => comment.StartsWith(first, StringComparison.Ordinal)).Select(comment => comment[first.Length..].Trim());

    /// <summary>All blocks and commands of a page, in their order.</summary>
    public static IReadOnlyList<Block> Of(string page)
    {
        var text = File.ReadAllText(Repository.Path(page)).ReplaceLineEndings("\n");
        var blocks = Fenced().Matches(text).Select(fenced => (At: fenced.Index, Block: OfFence(page, text, fenced))).ToList();
        // Comments and fenced code are blanked, so that what is left keeps its place.
        var prose = Fenced().Replace(text, Blank);
        prose = Comment().Replace(prose, Blank);
        if (Indented().Match(prose) is { Success: true } indented)
            blocks.Add((indented.Index, new(page, LineOf(text, indented.Index + 2), "none: it is indented", indented.Value.Trim())));
        var commands = Span()
            .Matches(prose)
            .Select(span => (At: span.Index, Code: Blanks().Replace(span.Groups[1].Value, " ")))
            .Where(span => IsCommand().IsMatch(span.Code))
            .Select(span => (span.At, new Block(page, LineOf(text, span.At), Inline, span.Code)));
        return [.. blocks.Concat(commands).OrderBy(block => block.At).Select(block => block.Item2)];
    }

    /// <summary>Whether it is made of commands, which are run or listed one by one.</summary>
    public bool IsCommands => Fence is "sh" or "" or Inline;

    public override string ToString() => $"{Page}:{Line} ({(Fence.Length > 0 ? Fence : "no language")})";

    private static Block OfFence(string page, string text, Match fenced) =>
        new(page, LineOf(text, fenced.Groups["code"].Index), fenced.Groups["fence"].Value, fenced.Groups["code"].Value)
        {
            Comments = [.. fenced.Groups["comment"].Captures.Select(comment => comment.Value.Trim())],
        };

    private static int LineOf(string text, int at) => 1 + text.AsSpan(0, at).Count('\n');

    private static string Blank(Match match) => new([.. match.Value.Select(letter => letter == '\n' ? '\n' : ' ')]);

    [GeneratedRegex(
        @"(?:<!--(?<comment>(?:(?!-->).)*)-->\s*)*^```(?<fence>[^`\n]*)\n(?<code>.*?)^```$",
        RegexOptions.Singleline | RegexOptions.Multiline
    )]
    private static partial Regex Fenced();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    /// <summary>Code by four blanks, after an empty line, which no list goes on with here.</summary>
    [GeneratedRegex(@"(?<=\n)[ ]*\n(?: {4}|\t)\S.*")]
    private static partial Regex Indented();

    [GeneratedRegex(@"(?<!`)`([^`]+?)`(?!`)")]
    private static partial Regex Span();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    /// <summary>A program and more than one word for it; less is the name of a command.</summary>
    [GeneratedRegex(@"^([A-Z_a-z0-9]+=\S+ )*(fmetrics|dotnet|python3|rm|git|bash|chromium|docker|apt-get|\.ci/run) \S+ \S")]
    private static partial Regex IsCommand();
}
