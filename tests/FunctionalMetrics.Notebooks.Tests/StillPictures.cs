using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>
/// A picture of each chart that is stored in a notebook, for viewers that run no scripts (GitHub is one). It stands twice: in the place of the
/// chart, where the script puts the chart in its stead, since viewers prefer text/html to pictures; and as image/png, for those that show no
/// HTML.
/// </summary>
internal static partial class StillPictures
{
    public const string MimeType = "image/png";

    /// <summary>The charts of the page as Plotly draws them, by their keys, once all are there.</summary>
    private const string Draw = """
        errors => {
          const places = [...document.querySelectorAll("[data-functional-metrics]")];
          const draw = place => Plotly.toImage(place, { format: "png", width: 640, height: 360 }).then(image => [place.dataset.functionalMetrics, image]);
          if (places.every(place => place.dataset.drawn !== undefined))
            window.drawing ??= Promise.all(places.map(draw)).then(images => window.images = Object.fromEntries(images), error => errors.push(String(error)));
          return window.images || errors.length ? { errors, images: window.images ?? null } : null;
        }
        """;

    /// <summary>The outputs of a notebook's cells, with a picture of each chart.</summary>
    public static IReadOnlyList<JsonArray> Added(IReadOnlyList<JsonArray> outputs)
    {
        var page = string.Concat(outputs.SelectMany(cell => cell).Select(Html));
        var answer = JsonNode.Parse(
            Browser.Ask($"<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>{page}</body></html>", Draw, [1000])
        )![0]!;
        var images = answer["images"] ?? throw new InvalidOperationException($"the charts were not drawn: {answer["errors"]}");
        return [.. outputs.Select(cell => Each(cell, (key, alt) => new(Base64((string)images[key]!), alt)))];
    }

    /// <summary>The outputs as the cells give them, without pictures.</summary>
    public static JsonArray Removed(JsonArray outputs) => Each(outputs, (_, _) => null);

    /// <summary>The key of the chart in an output, or null where there is none.</summary>
    public static string? Key(JsonNode? output) =>
        Place().Match(Html(output)) is { Success: true } place ? place.Groups["key"].Value : null;

    /// <summary>The picture in the place of the chart in an output, in base 64.</summary>
    public static string? InPlace(JsonNode? output) =>
        Place().Match(Html(output)).Groups["picture"] is { Success: true } picture ? picture.Value : null;

    private static JsonArray Each(JsonArray outputs, Func<string, string, Picture?> pictureOf)
    {
        var copy = outputs.DeepClone().AsArray();
        foreach (var output in copy.Where(output => Key(output) is not null))
        {
            var data = output!["data"]!.AsObject();
            var picture = pictureOf(Key(output)!, Notebook.Text(data["text/plain"]!).Split('\n')[0]);
            data["text/html"] = Notebook.Lines(
                Place().Replace(Html(output), $"<div data-functional-metrics=\"${{key}}\">{picture?.Element}</div>")
            );
            data.Remove(MimeType);
            if (picture is not null)
                data[MimeType] = picture.Base64;
        }
        return copy;
    }

    private static string Html(JsonNode? output) => output!["data"]?["text/html"] is { } lines ? Notebook.Text(lines) : "";

    private static string Base64(string url) => url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..];

    [GeneratedRegex("""<div data-functional-metrics="(?<key>[0-9a-f]+)">(<img [^>]*base64,(?<picture>[^"]+)"[^>]*>)?</div>""")]
    private static partial Regex Place();

    private sealed record Picture(string Base64, string Alt)
    {
        public string Element => $"<img alt=\"{WebUtility.HtmlEncode(Alt)}\" width=\"640\" src=\"data:{MimeType};base64,{Base64}\">";
    }
}
