using System.CommandLine;
using FunctionalMetrics.Mutation;

// Whether tests see it when the code is wrong: mutants of a project, drawn by a seed, are compiled together into a copy of the checkout, and the
// closest test project runs once for each of them.
var project = new Option<string>("--project") { Description = "the project, as Core or Cli, or fixture", Required = true };
var count = new Option<int>("--count") { Description = "how many mutants are drawn", DefaultValueFactory = _ => 400 };
var seed = new Option<int>("--seed") { Description = "what they are drawn from", DefaultValueFactory = _ => 1 };
var least = new Option<double>("--least") { Description = "exit with 1 where the score is below this" };
var root = new RootCommand("Draws mutants of a project, runs its tests on each, and says how many were seen.")
{
    project,
    count,
    seed,
    least,
};
root.SetAction(parsed =>
    Campaign.Run(parsed.GetValue(project)!, parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(least), Console.Out)
);
return root.Parse(args).Invoke();
