using System.CommandLine;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics merge</c>: from the state files of shards to the one of all the data.</summary>
internal static class MergeCommand
{
    public static Command Create(CancellationToken cancel)
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "state files, of evaluate --state or of merge; their order does not matter",
            Arity = ArgumentArity.OneOrMore,
        };
        var target = new System.CommandLine.Option<string>("--out")
        {
            Description = "write the merged state file",
            HelpName = "FILE",
            Required = true,
        };
        var duplicates = new System.CommandLine.Option<bool>("--allow-duplicates")
        {
            Description = "files with the same content count as often as they are named; without it they are an error",
        };
        var command = new Command("merge", "Merge the state files of shards: exactly the state of all their data at once.")
        {
            files,
            target,
            duplicates,
        };
        command.SetAction(parsed => Exit.Of(Run(parsed.GetValue(files)!, parsed.GetValue(target)!, parsed.GetValue(duplicates), cancel)));
        return command;
    }

    private static Fin<Unit> Run(string[] files, string target, bool allowDuplicates, CancellationToken cancel) =>
        from ready in new Output(None, true).Check(Seq1(target))
        from merged in StateFile.TryMerge(files, allowDuplicates, cancel)
        from written in Write(target, merged, cancel)
        select written;

    private static Fin<Unit> Write(string target, EvaluationState merged, CancellationToken cancel)
    {
        var content = StateFile.Content(merged);
        cancel.ThrowIfCancellationRequested();
        return AtomicFiles
            .Write((target, content))
            .Map(_ =>
                toSeq(merged.Notes.Notes).Filter(note => note.Code == "pooled_categories").Iter(note => Console.Error.WriteLine(note.Text))
            );
    }
}
