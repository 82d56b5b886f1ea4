using System.CommandLine;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics merge</c>: from the state files of shards to the one of all the data.</summary>
internal static class MergeCommand
{
    public static Command Create(Streams streams, CancellationToken cancel)
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
        command.SetAction(parsed =>
            streams.End(Run(streams, parsed.GetValue(files)!, parsed.GetValue(target)!, parsed.GetValue(duplicates), cancel))
        );
        return command;
    }

    private static Fin<Unit> Run(Streams streams, string[] files, string target, bool allowDuplicates, CancellationToken cancel) =>
        from ready in new Output(streams, None, true).Check(Seq1(target))
        from apart in new Output(streams, None, true).Spares(
            Seq1(new NamedFile("--out", target)),
            files.ToSeq().Map(path => new NamedFile("FILES", path))
        )
        from merged in StateFile.TryMerge(files, allowDuplicates, cancel, streams.Tell)
        from written in Write(target, merged, cancel)
        select Pooled(merged).Iter(streams.Tell);

    /// <summary>That categories are put together, if they are: their mean would be another number.</summary>
    private static Seq<string> Pooled(EvaluationState merged) =>
        toSeq(merged.Notes.Notes).Filter(note => note.Code == "pooled_categories").Map(note => note.Text);

    private static Fin<Unit> Write(string target, EvaluationState merged, CancellationToken cancel)
    {
        var content = StateFile.Content(merged);
        cancel.ThrowIfCancellationRequested();
        return AtomicFiles.Write((target, content));
    }
}
