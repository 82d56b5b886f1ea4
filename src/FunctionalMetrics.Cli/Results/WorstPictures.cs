using FunctionalMetrics.Core;

namespace FunctionalMetrics.Cli;

/// <summary>Pictures of the worst images for a report, or why there are none.</summary>
/// <param name="Galleries">The pictures.</param>
/// <param name="Reason">Why there are none, as a sentence; null where there are some, or where nothing is to be seen.</param>
internal sealed record WorstPictures(IReadOnlyList<ReportGallery> Galleries, string? Reason = null)
{
    /// <summary>So many pictures of each kind there are.</summary>
    public const int Most = 24;

    public static WorstPictures None { get; } = new([]);

    public static WorstPictures Because(string reason) => new([], reason);
}
