namespace FunctionalMetrics.IO;

/// <summary>
/// A file or folder is not what it should be. The message is one sentence, that of the error. Only the members that say so let it leave; all
/// others give its <see cref="InputError"/> as a value.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>An exception for an error that was found.</summary>
    public InputException(InputError error)
        : this(error, null) { }

    internal InputException(string path, string problem, Exception? cause = null)
        : this(new(path, problem), cause) { }

    private InputException(InputError error, Exception? cause)
        : base(error.Message, cause) => Error = error;

    /// <summary>What was wrong, and with which file or folder.</summary>
    public InputError Error { get; }
}
