using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalMetrics.Cli;

/// <summary>Reads unlabelled files.</summary>
internal static class DescribeReading
{
    public static Fin<IDescription> Read(this DescribeChoices choices, Progress progress, CancellationToken cancel) =>
        (choices.Scores, choices.Maps) switch
        {
            ({ }, null) when choices.Folder is not null => Error.New("--out goes with --maps: scores have no pixel positions"),
            ({ } file, null) => ScoreFile.TryRead(file, choices.ScoreColumn, cancel).Map<IDescription>(ScoreDescription.Of),
            (null, { } path) => MapSource.TryOpen(path).Bind(source => ReadMaps(source, progress, cancel)),
            _ => Error.New("give one of --scores FILE and --maps PATH"),
        };

    private static Fin<IDescription> ReadMaps(MapSource source, Progress progress, CancellationToken cancel)
    {
        var description = MapDescription.Empty;
        foreach (var part in progress.Over(source.TryRead(cancel), source.Count, "reading maps", _ => 1))
        {
            if (part.Case is not Maps maps)
                return part.Map<IDescription>(_ => description);
            description = description.Add(maps);
        }
        return description;
    }
}
