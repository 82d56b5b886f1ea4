using System.Text;
using System.Text.Json.Nodes;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Where results go. Files are written all or none, and only after everything is computed.</summary>
internal sealed record Output(Streams Streams, Option<string> Json, bool Quiet)
{
    private Option<string> JsonFile => Json.Filter(path => path != "-");

    public Progress Progress => new(!Quiet && Streams.ErrorIsTerminal ? Streams.Error : null);

    /// <summary>Refuses targets that could not be written anyway, before the long work begins.</summary>
    public Fin<Unit> Check(Seq<string> others)
    {
        var files = JsonFile.Concat(others).ToList();
        if (others.Exists(path => path == "-"))
            return Error.New("only --json can go to standard output; '-' is no file");
        if (files.Exists(string.IsNullOrWhiteSpace))
            return Error.New("an output file has no name");
        if (files.GroupBy(Path.GetFullPath).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return Error.New($"'{twice.First()}' is named twice as an output file");
        foreach (var file in files)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file));
            if (Directory.Exists(file))
                return Error.New($"'{file}' is a folder; the name of a file is needed");
            if (!Directory.Exists(folder))
                return Error.New($"'{file}' cannot be written: there is no folder '{folder}'");
        }
        return unit;
    }

    /// <summary>Refuses targets that are read: an evaluation would destroy what it was made of.</summary>
    /// <param name="others">The files beside the JSON.</param>
    /// <param name="inputs">What is read: files, folders and patterns of images.</param>
    public Fin<Unit> Spares(Seq<NamedFile> others, Seq<NamedFile> inputs) =>
        JsonFile
            .Map(path => new NamedFile("--json", path))
            .ToSeq()
            .Concat(others)
            .Bind(target => inputs.Filter(target.IsReadAs).Map(input => (Target: target, Input: input)))
            .HeadOrNone()
            .Match(
                both =>
                    FinFail<Unit>(
                        Error.New(
                            $"{both.Target.Option} '{both.Target.Path}' would write over {(both.Input.IsFile ? "" : "a file of ")}{both.Input.Option} '{both.Input.Path}'; give it another name"
                        )
                    ),
                () => FinSucc(unit)
            );

    /// <summary>Writes the files and then shows the result: as JSON when that goes to standard output, else as a table.</summary>
    public Fin<Unit> Write(
        Func<JsonObject> json,
        Action<Streams> table,
        Seq<(string Path, Action<Stream> Content)> others,
        CancellationToken cancel
    )
    {
        var text = Json.IsSome ? JsonText.Of(json()) : "";
        cancel.ThrowIfCancellationRequested();
        return AtomicFiles.Write([.. JsonFile.Select(path => (path, Content(text))), .. others]).Bind(_ => Show(text, table));
    }

    private Fin<Unit> Show(string text, Action<Streams> table)
    {
        if (Json.Exists(path => path == "-"))
            Streams.Out.Write(text);
        else if (!Quiet)
            table(Streams);
        Streams.Out.Flush();
        return unit;
    }

    /// <summary>A line for the user beside the result.</summary>
    public void Tell(string line)
    {
        if (!Quiet)
            Streams.Tell(line);
    }

    public static Action<Stream> Content(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));
}
