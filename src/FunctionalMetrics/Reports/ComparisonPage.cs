using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>What a report of several detectors on the same data, or of one on several categories, shows. Texts may hold anything, file names included; they are shown as they are. Immutable.</summary>
/// <param name="Title">The heading, also the name of the page.</param>
/// <param name="Subtitle">One line on the data.</param>
/// <param name="Lead">The one line for those who read no more.</param>
/// <param name="Parts">The parts below it, in their order.</param>
public sealed record ComparisonPage(string Title, string Subtitle, string Lead, IReadOnlyList<ComparisonPart> Parts)
{
    /// <summary>What stands below the line: names with sentences.</summary>
    public IReadOnlyList<(string Name, string Text)> Summary { get; init; } = [];

    /// <summary>What must be said of the numbers, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How the page was made, as names with their values, in a table at its end.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];

    /// <summary>The page as text, about 4 MB; it holds all it needs, plotly.js included, and loads nothing. The same page gives the same bytes.</summary>
    public string Html
    {
        get
        {
            using var text = new StringWriter();
            ComparisonHtml.Write(this, text);
            return text.ToString();
        }
    }
}

/// <summary>A part of such a report: a sentence, tables, curves over each other and pictures side by side, each where there are some. Immutable.</summary>
/// <param name="Title">The heading.</param>
public sealed record ComparisonPart(string Title)
{
    /// <summary>A sentence below the heading.</summary>
    public string About { get; init; } = "";

    /// <summary>The tables.</summary>
    public IReadOnlyList<ReportGrid> Tables { get; init; } = [];

    /// <summary>The detectors, or categories, whose curves are drawn over each other.</summary>
    public IReadOnlyList<ComparedCurves> Curves { get; init; } = [];

    /// <summary>Images as each of the detectors sees them.</summary>
    public IReadOnlyList<ComparedPicture> Pictures { get; init; } = [];

    /// <summary>A sentence on the pictures, or on why there are none.</summary>
    public string AboutPictures { get; init; } = "";
}

/// <summary>What the curves of a detector are drawn from. Immutable.</summary>
/// <param name="Name">The detector's name.</param>
/// <param name="Scores">Its scores of each class.</param>
public sealed record ComparedCurves(string Name, RankState Scores)
{
    /// <summary>The regions, where rows are pixels of maps; they bring the PRO curve.</summary>
    public RegionState? Regions { get; init; }

    /// <summary>The limit of the false positive rate up to which the PRO curve is drawn.</summary>
    public double FprLimit { get; init; } = EvaluationSettings.UsualFprLimit;
}

/// <summary>An image as several detectors see it. Immutable.</summary>
/// <param name="Image">The name of the image.</param>
/// <param name="Text">What is to be said of it, in a few words.</param>
/// <param name="Maps">The picture of each detector's map.</param>
public sealed record ComparedPicture(string Image, string Text, IReadOnlyList<ComparedMap> Maps);

/// <summary>The map of an image by one detector. Immutable.</summary>
/// <param name="Detector">The detector's name.</param>
/// <param name="Value">What it says of the image, in a few words.</param>
/// <param name="Description">What is seen, for those who do not see it.</param>
/// <param name="Jpeg">The picture, as the bytes of a JPEG file.</param>
public sealed record ComparedMap(string Detector, string Value, string Description, ReadOnlyMemory<byte> Jpeg);
