using FunctionalMetrics.Mutation;

// Whether tests see it when the code is wrong: mutants of a project, drawn by a seed, are compiled together into a copy of the checkout; the closest
// tests run once to note which of them touches which mutant, and then on each mutant those that touch it. Beside the tests there is no parser of
// options: as their host the program has a plan alone.
return args is ["host", var plan] ? TestHost.Run(plan) : Command.Run(args);
