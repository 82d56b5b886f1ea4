using System.Globalization;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>What can be decided of data while they are read. The numbers stand in state files.</summary>
public enum NoteKind
{
    /// <summary>An image without a mask is normal: it lies in a normal folder, whose name is the text.</summary>
    NormalFolder = 1,

    /// <summary>An image without a mask is normal, since all such images were said to be.</summary>
    Unmasked = 2,

    /// <summary>An image outside the normal folders is normal: its mask has no anomalous pixel.</summary>
    EmptyMask = 3,

    /// <summary>An image has the label that was given for it.</summary>
    GivenLabel = 4,

    /// <summary>An image has the label that was given for it, and its mask says the opposite.</summary>
    GivenAgainstMask = 5,

    /// <summary>A row is anomalous: its label, the text, is none that was named.</summary>
    OtherPositive = 6,

    /// <summary>A row is normal: its label, the text, is none that was named.</summary>
    OtherNormal = 7,

    /// <summary>A pixel was left out.</summary>
    IgnoredPixel = 8,

    /// <summary>An image is no row of the image level: all its pixels were left out.</summary>
    NothingLeft = 9,

    /// <summary>A mask was resized to its map.</summary>
    ResizedMask = 10,

    /// <summary>A map was resized to its mask.</summary>
    ResizedMap = 11,

    /// <summary>A mask marks its anomalous pixels by 1. Masks of one evaluation have one convention.</summary>
    MaskOfOne = 12,

    /// <summary>A mask marks its anomalous pixels by 255.</summary>
    MaskOf255 = 13,

    /// <summary>A map was seen. With the next two it tells whether all maps are normalised one by one.</summary>
    Map = 14,

    /// <summary>The scores of a map go from 0 to 1, both reached.</summary>
    SpansOne = 15,

    /// <summary>The scores of a map go from 0 to 255, both reached.</summary>
    Spans255 = 16,

    /// <summary>An image has another score than its largest pixel; the text says which.</summary>
    ScoredBy = 17,

    /// <summary>An image is anomalous, and none of its anomalous pixels is left since its mask was resized.</summary>
    LostDefect = 18,

    /// <summary>A stack in Fortran order was held whole although memory was limited.</summary>
    HeldWhole = 19,

    /// <summary>Data are of a category, the text.</summary>
    Category = 20,

    /// <summary>The numbers of a mask are the indices of its palette of colours. With the next one it tells whether numbers mean one thing.</summary>
    MaskByIndex = 21,

    /// <summary>The numbers of a picture of a mask are values, not all 0, where a threshold or a value to ignore was named.</summary>
    MaskByValue = 22,

    /// <summary>A map was opened as one of normal images alone; the text is its folder.</summary>
    AmongNormal = 23,

    /// <summary>A row is normal, since all rows were said to be; no label was read.</summary>
    AllNormal = 24,

    /// <summary>A number of a table was written with a decimal comma.</summary>
    DecimalComma = 25,

    /// <summary>Nothing of an image is left out: it has no ignore mask, where there are such masks.</summary>
    NothingIgnored = 26,
}

/// <summary>Decisions as sentences.</summary>
internal static class NoteTexts
{
    private const int Named = 5;
    private const int LongestList = 250;

    /// <summary>The note of a kind that was counted; none where there is nothing to say.</summary>
    public static Option<Note> Note(this NoteKind kind, NoteCounts counts)
    {
        var count = counts[kind];
        return kind switch
        {
            NoteKind.NormalFolder => Said(
                "normal_folder",
                $"{Images(" without a mask", "is", "are")} normal by folder: {Listed(counts.Of(kind))}"
            ),
            NoteKind.Unmasked => Said("unmasked_normal", $"{Images(" without a mask", "is", "are")} taken as normal"),
            NoteKind.EmptyMask => Said(
                "empty_mask",
                $"{Images("", "is normal because its mask is empty", "are normal because their masks are empty")}"
            ),
            NoteKind.GivenLabel => Said("given_label", $"{Images("", "has its label", "have their labels")} from the image labels"),
            NoteKind.GivenAgainstMask => Said(
                "given_label_against_mask",
                $"{Images("", "has", "have")} an image label that the mask contradicts; the label counts"
            ),
            NoteKind.OtherPositive => Said(
                "other_label_positive",
                $"{Rows("has", "have")} a label that is not named, taken as anomalous: {Listed(counts.Of(kind))}"
            ),
            NoteKind.OtherNormal => Said(
                "other_label_normal",
                $"{Rows("has", "have")} a label that is not named, taken as normal: {Listed(counts.Of(kind))}"
            ),
            NoteKind.IgnoredPixel => Said("ignored_pixels", $"{Number(count)} {(count == 1 ? "pixel is" : "pixels are")} left out"),
            NoteKind.NothingLeft => Said(
                "ignored_images",
                $"{Images("", "has", "have")} no pixel left and no score; the image level is without"
            ),
            NoteKind.ResizedMask => Said(
                "resized_masks",
                $"{Number(count)} {(count == 1 ? "mask was" : "masks were")} resized, nearest pixel"
            ),
            NoteKind.ResizedMap => Said(
                "resized_maps",
                $"{Number(count)} {(count == 1 ? "map was" : "maps were")} resized, bilinear; scores between pixels are new"
            ),
            NoteKind.MaskOfOne => Said(
                "masks_of_1",
                $"{(count == 1 ? "1 mask marks" : $"{Number(count)} masks mark")} anomalous pixels by 1"
            ),
            NoteKind.MaskOf255 => Said(
                "masks_of_255",
                $"{(count == 1 ? "1 mask marks" : $"{Number(count)} masks mark")} anomalous pixels by 255"
            ),
            NoteKind.ScoredBy => Said("image_scores", $"{Images("", "has its score", "have their scores")} by: {Listed(counts.Of(kind))}"),
            NoteKind.LostDefect => Said(
                "lost_defects",
                $"{Images("", "is anomalous and has", "are anomalous and have")} no anomalous pixel left after resizing"
            ),
            NoteKind.MaskByIndex => Said(
                "masks_by_index",
                $"{(count == 1 ? "1 mask has a palette of colours: its numbers are the palette's indices" : $"{Number(count)} masks have palettes of colours: their numbers are the palettes' indices")}"
            ),
            NoteKind.HeldWhole => Said(
                "held_whole",
                $"{Number(count)} {(count == 1 ? "stack is" : "stacks are")} in Fortran order, and held whole within the limit of memory"
            ),
            NoteKind.Category when counts.Of(kind).Select(entry => entry.Text).Distinct().ToList() is { Count: > 1 } names => Said(
                "pooled_categories",
                $"Data of {Number(names.Count)} categories are pooled ({string.Join(", ", Fitting(names.Take(Named), name => name))}{(Fitting(names.Take(Named), name => name).Count() < names.Count ? ", ..." : "")}); the mean over categories is another number, which fmetrics table gives"
            ),
            NoteKind.AmongNormal when counts.Of(kind).Count() > 1 => Said(
                "pooled_normal_folders",
                $"Normal images of several folders are pooled: {Listed(counts.Of(kind))}; --categories treats each apart"
            ),
            NoteKind.AllNormal => Said("all_rows_normal", $"{Rows("is", "are")} taken as normal; no label was read"),
            NoteKind.DecimalComma => Said(
                "decimal_commas",
                $"{Number(count)} {(count == 1 ? "number has a decimal comma" : "numbers have decimal commas")}: 1,200 is 1.2 there, not 1200"
            ),
            NoteKind.NothingIgnored => Said(
                "nothing_ignored",
                $"{Images("", "has", "have")} no ignore mask; nothing of {(count == 1 ? "it" : "them")} is left out"
            ),
            NoteKind.SpansOne => Spans("spans_0_to_1", "1"),
            NoteKind.Spans255 => Spans("spans_0_to_255", "255"),
            _ => None,
        };

        Option<Note> Said(string code, string text) => new Note(code, count, text + ".");

        string Images(string which, string one, string many) =>
            $"{Number(count)} image{(count == 1 ? "" : "s")}{which} {(count == 1 ? one : many)}";

        string Rows(string one, string many) => $"{Number(count)} {(count == 1 ? $"row {one}" : $"rows {many}")}";

        // One map may span it by chance.
        Option<Note> Spans(string code, string end) =>
            count > 1 && count == counts[NoteKind.Map]
                ? Said(
                    code,
                    $"Every map goes from exactly 0 to {end}: if each was normalised by itself, pixels of different images do not compare"
                )
                : None;
    }

    private static string Listed(IEnumerable<(string Text, long Count)> counts)
    {
        var all = counts.ToList();
        var shown = Fitting(all.Where(entry => entry.Text.Length > 0).Take(Named), entry => entry.Text).ToList();
        var rest = all.Sum(entry => entry.Count) - shown.Sum(entry => entry.Count);
        return string.Join(
            ", ",
            (rest > 0 ? [.. shown, ("others", rest)] : shown).Select(entry => $"{entry.Text} ({Number(entry.Count)})")
        );
    }

    /// <summary>The first of some things, as many as a line has room for.</summary>
    private static IEnumerable<T> Fitting<T>(IEnumerable<T> all, Func<T, string> text)
    {
        var length = 0;
        return all.TakeWhile((entry, index) => (length += text(entry).Length) <= LongestList || index == 0);
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
