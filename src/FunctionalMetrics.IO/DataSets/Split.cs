using System.Text.RegularExpressions;

namespace FunctionalMetrics.IO;

/// <summary>The level of an image's folders that says which part of a data set it is of.</summary>
/// <param name="Path">The levels down to it; the first alone where none says so, and none where there is none.</param>
/// <param name="IsTest">Whether it is one of tests.</param>
/// <param name="IsTraining">Whether it is one of training or validation.</param>
internal sealed partial record Split(string[] Path, bool IsTest, bool IsTraining)
{
    /// <summary>The name of the level.</summary>
    public string Level => Path is [.., var level] ? level : "";

    /// <summary>The levels above it.</summary>
    public string Parent => string.Join('/', Path.SkipLast(1));

    public bool IsSplit => IsTest || IsTraining;

    /// <summary>Whether tests are a level at the root.</summary>
    public bool IsAtRoot => IsTest && Path.Length == 1;

    /// <param name="folders">The folders that the image lies in, below the root.</param>
    public static Split Of(string[] folders)
    {
        var at = Array.FindIndex(folders, level => Tests().IsMatch(level) || Training().IsMatch(level));
        return at < 0
            ? new([.. folders.Take(1)], false, false)
            : new(folders[..(at + 1)], Tests().IsMatch(folders[at]), Training().IsMatch(folders[at]));
    }

    [GeneratedRegex(@"^test(ing)?([_\-. ].*|\d*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tests();

    [GeneratedRegex(@"^(train(ing)?|val(id(ation)?)?)([_\-. ].*|\d*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Training();
}
