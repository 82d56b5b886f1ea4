namespace FunctionalMetrics.IO;

/// <summary>
/// Ends a reader from the middle of its loops. It never leaves this library: <see cref="Reading.Try"/> stands at every public edge and
/// gives its <see cref="InputError"/> as a value.
/// </summary>
internal sealed class InputException(string path, string problem, Exception? cause = null) : Exception(problem, cause)
{
    public InputError Error { get; } = new(path, problem);
}
