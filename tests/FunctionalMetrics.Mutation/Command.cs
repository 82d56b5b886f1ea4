using System.CommandLine;

namespace FunctionalMetrics.Mutation;

/// <summary>The command's options.</summary>
internal static class Command
{
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        var project = new Option<string>("--project") { Description = "the project, as Core or Cli, or fixture", Required = true };
        var count = new Option<int>("--count") { Description = "how many mutants are drawn", DefaultValueFactory = _ => 400 };
        var run = new Option<int>("--run")
        {
            Description = "how many of them are run, after those of the folder",
            DefaultValueFactory = _ => int.MaxValue,
        };
        var seed = new Option<int>("--seed") { Description = "what they are drawn from", DefaultValueFactory = _ => 1 };
        var least = new Option<double>("--least") { Description = "exit with 1 where the score is below this" };
        var budget = new Option<double>("--budget")
        {
            Description = "the seconds of tests, as recorded, that a mutant is worth",
            DefaultValueFactory = _ => 300,
        };
        var folder = new Option<string?>("--folder") { Description = "where the copy and the verdicts stay, so that another call goes on" };
        var again = new Option<bool>("--again")
        {
            Description = "run those of the folder that were not seen once more, with the tests as they are",
        };
        var root = new RootCommand("Draws mutants of a project, runs on each the tests that touch it, and says how many were seen.")
        {
            project,
            count,
            run,
            seed,
            least,
            budget,
            folder,
            again,
        };
        root.SetAction(parsed =>
            Campaign.Run(
                parsed.GetValue(project)!,
                new(
                    parsed.GetValue(count),
                    parsed.GetValue(run),
                    parsed.GetValue(seed),
                    parsed.GetValue(least),
                    parsed.GetValue(budget),
                    parsed.GetValue(folder),
                    parsed.GetValue(again)
                ),
                Console.Out
            )
        );
        return root.Parse(args).Invoke();
    }
}
