namespace FunctionalMetrics;

/// <summary>What a report shows. Texts may hold anything, file names included; they are shown as they are. Immutable.</summary>
/// <param name="Title">The heading, also the name of the page.</param>
/// <param name="Subtitle">One line on the data: which, how much, from where.</param>
/// <param name="Levels">The parts, each with its numbers and charts, in their order.</param>
public sealed record ReportPage(string Title, string Subtitle, IReadOnlyList<ReportLevel> Levels)
{
    /// <summary>What the page says first: what is found, what passes, and how many false alarms there are, at the threshold that it is opened at.</summary>
    public string Lead => ReportSummary.Lead(this);

    /// <summary>The detector's name; null where it has none.</summary>
    public string? Detector { get; init; }

    /// <summary>Pictures of images, below the levels.</summary>
    public IReadOnlyList<ReportGallery> Galleries { get; init; } = [];

    /// <summary>Why there are no pictures, as a sentence; null where nothing is to be said.</summary>
    public string? NoPictures { get; init; }

    /// <summary>Remarks on these data, put before the notes that every report has.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How the page was made, as names with their values, in a table at its end: version, options, paths. Nothing is shown where there are none.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];
}

/// <summary>Pictures with a heading. Immutable.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Text">What they are and in which order they stand.</param>
/// <param name="Pictures">The pictures.</param>
public sealed record ReportGallery(string Title, string Text, IReadOnlyList<ReportPicture> Pictures);

/// <summary>A picture of an image. Immutable.</summary>
/// <param name="Image">The name of the image, by which the page marks it.</param>
/// <param name="Value">What makes it stand here, in a few words.</param>
/// <param name="Description">What is seen, for those who do not see it.</param>
/// <param name="Jpeg">The picture, as the bytes of a JPEG file.</param>
public sealed record ReportPicture(string Image, string Value, string Description, ReadOnlyMemory<byte> Jpeg);
