namespace FunctionalMetrics.Mutation;

/// <summary>The code that is compiled into the project under test: it says which mutant is alive, and notes which ones are touched.</summary>
internal static class Switch
{
    /// <summary>The variable that says which mutant is alive; 0 for none.</summary>
    public const string Alive = "FMETRICS_MUTANT";

    /// <summary>
    /// The variable that names the folder in which touched mutants are noted. Each process has a file there, named by its number, to which it adds
    /// a line as it touches a mutant, since it may be killed; processes that a test starts have it from the test.
    /// </summary>
    public const string Touched = "FMETRICS_TOUCHED";

    /// <summary>The type's name, by which the test host finds it.</summary>
    public const string Type = "MutationSwitch";

    /// <summary>Its method that begins another folder.</summary>
    public const string Begin = "Begin";

    /// <summary>What follows a mutant's number where a static initialiser or a lazy value touched it: it counts for each test of the process.</summary>
    public const string Once = " once";

    /// <summary>The code.</summary>
    public static string Code(int mutants) =>
        $$"""
            internal static class {{Type}}
            {
                private static readonly int Alive = int.Parse(System.Environment.GetEnvironmentVariable("{{Alive}}") ?? "0");

                private static readonly bool Notes = System.Environment.GetEnvironmentVariable("{{Touched}}") is not null;

                private static readonly object Turn = new();

                private static string folder = System.Environment.GetEnvironmentVariable("{{Touched}}") ?? "";

                private static volatile bool[] noted = new bool[{{mutants + 1}}];

                public static void {{Begin}}(string next)
                {
                    lock (Turn)
                    {
                        folder = next;
                        noted = new bool[{{mutants + 1}}];
                    }
                }

                public static bool Is(int number)
                {
                    if (Notes && !noted[number])
                        Note(number);
                    return Alive == number;
                }

                private static void Note(int number)
                {
                    lock (Turn)
                    {
                        if (noted[number])
                            return;
                        noted[number] = true;
                        var once = false;
                        foreach (var frame in new System.Diagnostics.StackTrace().GetFrames())
                            if (frame.GetMethod() is { } method)
                                once |=
                                    method.Name is ".cctor" or "GetOrAdd"
                                    || method.DeclaringType?.FullName?.StartsWith("System.Lazy", System.StringComparison.Ordinal) == true;
                        try
                        {
                            System.IO.File.AppendAllText($"{folder}/{System.Environment.ProcessId}", $"{number}{(once ? "{{Once}}" : "")}\n");
                        }
                        catch (System.Exception fault) when (fault is System.IO.IOException or System.UnauthorizedAccessException)
                        {
                            // A test may have taken the disk or the rights: what it touches there is not known.
                        }
                    }
                }
            }
            """;
}
