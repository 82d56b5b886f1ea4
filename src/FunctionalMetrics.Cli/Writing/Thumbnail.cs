using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;
using SkiaSharp;

namespace FunctionalMetrics.Cli;

/// <summary>A map as a small picture, over the photograph where there is one, with the edge of the mask.</summary>
internal static class Thumbnail
{
    /// <summary>The longer side, in pixels.</summary>
    private const int Side = 208;

    private const int Quality = 78;

    /// <summary>How much of the photograph the highest score hides.</summary>
    private const double Cover = 0.65;

    private static readonly SKColor Edge = new(0, 229, 255);

    /// <summary>The colours of inferno, which the colour-blind read too and grey keeps in order.</summary>
    private static readonly SKColor[] Colours = [new(0, 0, 4), new(87, 16, 110), new(188, 55, 84), new(249, 142, 9), new(252, 255, 164)];

    /// <summary>Draws a map; of the pixels that fall on one of the picture the highest counts, so that a small defect is seen.</summary>
    /// <returns>The bytes of a JPEG file.</returns>
    public static Fin<byte[]> Draw(MapPicture map, Scale scale, Option<Photograph> photo)
    {
        var longer = Math.Max(map.Height, map.Width);
        var (width, height) = (Math.Max(1, map.Width * Side / longer), Math.Max(1, map.Height * Side / longer));
        using var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var below = photo.Case is Photograph { Pixels: var pixels }
            ? pixels.Resize(picture.Info, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            : null;
        photo.IfSome(taken => taken.Pixels.Dispose());
        var inside = new bool[height, width];
        var colours = new SKColor[height * width];
        for (var y = 0; y < height; y++)
        for (var x = 0; x < width; x++)
        {
            var (most, anomalous) = Highest(map, Span(y, map.Height, height), Span(x, map.Width, width));
            inside[y, x] = anomalous;
            var place = scale.Of(most);
            var colour = Ramp(place);
            colours[y * width + x] = below is null ? colour : Mix(below.GetPixel(x, y), colour, Cover * place);
        }
        for (var y = 0; y < height; y++)
        for (var x = 0; x < width; x++)
            if (inside[y, x] && !(Inside(y - 1, x) && Inside(y + 1, x) && Inside(y, x - 1) && Inside(y, x + 1)))
                colours[y * width + x] = Edge;
        picture.Pixels = colours;
        using var file = picture.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return file is null ? Error.New("a picture of the report cannot be made") : file.ToArray();

        bool Inside(int y, int x) => y >= 0 && x >= 0 && y < height && x < width && inside[y, x];
    }

    /// <summary>The pixels of a map's side that fall on one of a picture's.</summary>
    private static (int From, int To) Span(int at, int all, int shown) =>
        ((int)((long)at * all / shown), Math.Max((int)((long)at * all / shown) + 1, (int)((long)(at + 1) * all / shown)));

    private static (double Most, bool IsAnomalous) Highest(MapPicture map, (int From, int To) rows, (int From, int To) columns)
    {
        var (most, anomalous) = (double.NegativeInfinity, false);
        for (var row = rows.From; row < rows.To; row++)
        for (var column = columns.From; column < columns.To; column++)
        {
            most = Math.Max(most, map.Scores.Span[row * map.Width + column]);
            anomalous |= map.IsAnomalous.Span[row * map.Width + column];
        }
        return (most, anomalous);
    }

    private static SKColor Ramp(double place)
    {
        var at = place * (Colours.Length - 1);
        var first = Math.Min((int)at, Colours.Length - 2);
        return Mix(Colours[first], Colours[first + 1], at - first);
    }

    private static SKColor Mix(SKColor one, SKColor other, double share)
    {
        return new(Channel(one.Red, other.Red), Channel(one.Green, other.Green), Channel(one.Blue, other.Blue));

        byte Channel(byte from, byte to) => (byte)Math.Round(from + (to - from) * share);
    }
}
