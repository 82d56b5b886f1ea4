namespace FunctionalMetrics.Cli.Tests;

/// <summary>What options ask for, as the oracle knows it. Written apart from the tool's own records of choices on purpose.</summary>
internal sealed record PlainRules
{
    public bool Lower { get; init; }

    public string ScoreColumn { get; init; } = "score";

    public string LabelColumn { get; init; } = "label";

    public string[] Positive { get; init; } = [];

    public string[] Normal { get; init; } = [];

    public double? MaskThreshold { get; init; }

    public double? IgnoreValue { get; init; }

    public bool IgnoreMasks { get; init; }

    public string[] NormalFolders { get; init; } = ["good"];

    public bool UnmaskedNormal { get; init; }

    public bool HasMasks { get; init; } = true;

    public bool GivenLabels { get; init; }

    public bool GivenScores { get; init; }

    /// <summary>How a map gives the score of its image: max, mean or top and the share.</summary>
    public string ScoredBy { get; init; } = "max";

    public bool ResizeMasks { get; init; }

    public bool ResizeMaps { get; init; }

    public double FprLimit { get; init; } = 0.3;

    public double DefaultThreshold { get; init; } = 0.5;

    public double? Threshold { get; init; }

    public double? PixelThreshold { get; init; }

    /// <summary>How the given threshold was chosen, where a file holds it; and the notes that this gives.</summary>
    public string? ChosenIn { get; init; }

    public string[] Asked { get; init; } = [];

    public string? Detector { get; init; }

    public string? Category { get; init; }

    public string? Title { get; init; }

    public bool ByFolder { get; init; }

    public string? ImageTable { get; init; }

    public string? RegionTable { get; init; }

    public int Worst { get; init; }

    public bool Intervals { get; init; }

    public bool Quiet { get; init; }

    /// <summary>The sentence of a requirement that does not hold.</summary>
    public string? Unmet { get; init; }
}
