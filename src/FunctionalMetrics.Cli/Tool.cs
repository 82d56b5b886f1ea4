using System.CommandLine;

namespace FunctionalMetrics.Cli;

/// <summary>The tool from its arguments to its exit code; of the process it knows the current folder and the environment alone.</summary>
internal static class Tool
{
    public static int Run(string[] args, Streams streams, CancellationToken cancel)
    {
        var root = new RootCommand(
            "Exact anomaly-detection metrics: AUROC, AUPR, average precision, AUPRO, optimal F1 and threshold, of scores or of maps and masks."
        )
        {
            EvaluateCommand.Create(streams, cancel),
            ThresholdCommand.Create(streams, cancel),
            DescribeCommand.Create(streams, cancel),
            TableCommand.Create(streams, cancel),
            CompareCommand.Create(streams, cancel),
            MergeCommand.Create(streams, cancel),
            ShowCommand.Create(streams, cancel),
            SiloCommand.Create(streams, cancel),
        };
        Help.ShowExamples(root);
        var parsed = root.Parse(args);
        if (args.Length == 0)
            return streams.Refuse(
                $"a command is needed: {string.Join(", ", root.Subcommands.Select(known => known.Name))}; see fmetrics --help"
            );
        if (Arguments.Strange(parsed) is { } strange)
            return streams.Refuse(strange);
        if (parsed.Errors is [var error, ..] && !Help.IsAsked(parsed))
            return streams.Refuse(Arguments.Lacking(error) ?? error.Message);
        try
        {
            return parsed.Invoke(
                new()
                {
                    Output = streams.Out,
                    Error = streams.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                }
            );
        }
        catch (OutputException failure)
        {
            return streams.Refuse(failure.Message);
        }
        catch (FileNotFoundException) when (!HasFolder())
        {
            return streams.Refuse("the current folder does not exist any more; change to one that does, or give whole paths");
        }
        catch (Exception e) when (IsShortOfMemory(e))
        {
            return streams.Refuse(
                "memory is short: evaluate --max-memory 1GB and --approximate 16 need less, and so do parts of the data, merged"
            );
        }
    }

    private static bool HasFolder()
    {
        try
        {
            return Environment.CurrentDirectory.Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsShortOfMemory(Exception e) =>
        e is OutOfMemoryException || (e is AggregateException several && several.Flatten().InnerExceptions.All(IsShortOfMemory));
}
