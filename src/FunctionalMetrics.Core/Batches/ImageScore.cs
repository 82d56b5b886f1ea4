using System.Globalization;
using LanguageExt;
using static System.FormattableString;

namespace FunctionalMetrics.Core;

/// <summary>
/// How a map gives the score of its image: by its largest pixel, by the mean of all, or by the mean of a share of the largest. Pixels that are
/// ignored do not count. Compared by value; immutable and safe to share between threads.
/// </summary>
public sealed record ImageScore
{
    private const string TopName = "top";

    private ImageScore(string text, double? share) => (Text, Share) = (text, share);

    /// <summary>The largest pixel.</summary>
    public static ImageScore Max { get; } = new("max", null);

    /// <summary>The mean of all pixels: their exact sum, divided and rounded once.</summary>
    public static ImageScore Mean { get; } = new("mean", 1);

    /// <summary>
    /// The mean of the k = ceil(q n) largest of n pixels, rounded once. q means the decimal that its shortest round-trip text shows: 0.1 of 10
    /// pixels is one.
    /// </summary>
    /// <param name="share">q, in (0, 1]; others are an <see cref="OutOfRange"/>.</param>
    public static Fin<ImageScore> Top(double share) =>
        share is > 0 and <= 1 ? new ImageScore(Invariant($"{TopName}:{share}"), share) : new OutOfRange(nameof(share), share, "(0, 1]");

    /// <summary>How it is written: max, mean or top:0.01.</summary>
    private string Text { get; }

    /// <summary>The share of the largest pixels whose mean it is; of the largest pixel alone none.</summary>
    private double? Share { get; }

    /// <summary>Reads max, mean, or top and a share in (0, 1], such as top:0.01. Anything else is a <see cref="NotAnImageScore"/>.</summary>
    public static Fin<ImageScore> Parse(string text) =>
        text == Max.Text ? Max
        : text == Mean.Text ? Mean
        : text.Split(':') is [TopName, var share]
        && double.TryParse(share, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var top)
        && Top(top).Case is ImageScore score
            ? score
        : new NotAnImageScore(text);

    /// <summary>What <see cref="Parse"/> reads.</summary>
    public override string ToString() => Text;

    /// <summary>Of how many of n pixels, the largest, it is the mean. A share that a decimal cannot hold is that of less than one pixel.</summary>
    internal int Pixels(int n) =>
        Share is { } share
            ? (int)Math.Max(1, decimal.Ceiling(decimal.Parse(Invariant($"{share}"), NumberStyles.Float, CultureInfo.InvariantCulture) * n))
            : 1;
}

/// <summary>A text names no way to score an image.</summary>
/// <param name="Text">The text.</param>
public sealed record NotAnImageScore(string Text)
    : MetricError($"\"{Text}\" is no way to score an image; it is max, mean, or top:q with q above 0 and at most 1, such as top:0.01");
