using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalMetrics.Cli;

/// <summary>Which unlabelled files to describe, as the user named them.</summary>
internal sealed record DescribeInput(Option<string> Scores, Option<string> Maps, string ScoreColumn, Option<string> Folder)
{
    public Fin<IDescription> Read(Progress progress, CancellationToken cancel) =>
        (Scores.Case, Maps.Case) switch
        {
            (string, null) when Folder.IsSome => Error.New("--out goes with --maps: scores have no pixel positions"),
            (string file, null) => ScoreFile.Read(file, ScoreColumn, cancel).Map<IDescription>(ScoreDescription.Of),
            (null, string path) => MapSource.Open(path).Bind(source => ReadMaps(source, progress, cancel)),
            _ => Error.New("give one of --scores FILE and --maps PATH"),
        };

    private static Fin<IDescription> ReadMaps(MapSource source, Progress progress, CancellationToken cancel)
    {
        var description = MapDescription.Empty;
        foreach (var part in progress.Over(source.Read(cancel), source.Count, "reading maps", _ => 1))
        {
            if (part.Case is not Maps maps)
                return part.Map<IDescription>(_ => description);
            description = description.Add(maps);
        }
        return description;
    }
}
