using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>What only the data tell: options that changed nothing of them.</summary>
internal static class IdleOptions
{
    /// <summary>A hint for each.</summary>
    /// <param name="input">What was read.</param>
    /// <param name="notes">What was decided of it.</param>
    public static Seq<string> Idle(this EvaluateInput input, NoteCounts notes) =>
        Value(input, notes).ToSeq()
        + Folders(input).Map(name => $"hint: no image lies in a folder {name}: --normal-folder {name} changed nothing");

    private static Option<string> Value(EvaluateInput input, NoteCounts notes) =>
        input.IgnoreValue is { } value && notes[NoteKind.IgnoredPixel] == 0
            ? FormattableString.Invariant($"hint: no mask pixel is {value}: --ignore-value left nothing out")
            : None;

    private static Seq<string> Folders(EvaluateInput input) =>
        input.NormalFolders.IsEmpty ? [] : input.Open(data => FinSucc(toSeq(data.IdleFolders)), _ => FinSucc(Seq<string>())).IfFail([]);
}
