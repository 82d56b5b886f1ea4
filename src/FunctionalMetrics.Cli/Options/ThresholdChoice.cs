using System.Collections.Immutable;
using System.Globalization;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>A threshold that an evaluation counts at: a number, or what a threshold file holds.</summary>
/// <param name="Level">The level that it counts at.</param>
/// <param name="Text">What was written for it.</param>
/// <param name="Value">The number, in the user's own scores; NaN where each category has a file of its own.</param>
/// <param name="Chosen">What the file says of it; null for a number.</param>
internal sealed record ThresholdChoice(string Level, string Text, double Value, Core.Threshold? Chosen)
{
    private const string Same = "threshold_of_these_data";
    private const string Other = "threshold_of_other_data";
    private const string Unknown = "threshold_of_unknown_data";

    /// <summary>The codes of its notes.</summary>
    public static ImmutableArray<string> Codes { get; } = [Same, Other, Unknown];

    /// <summary>The option of each level.</summary>
    private static string OptionOf(string level) => level == Levels.Pixel ? "--pixel-threshold" : "--threshold";

    /// <summary>The option that names it.</summary>
    public string Option => OptionOf(Level);

    /// <summary>How it was chosen, as a clause; null for a number.</summary>
    public string? Rule => Chosen is null ? null : $"chosen by {Chosen.Rule} ({Path.GetFileName(Text)})";

    /// <summary>Whether each category has a file of its own.</summary>
    private bool IsOfCategories => double.IsNaN(Value);

    /// <summary>The threshold of a category.</summary>
    public Fin<ThresholdChoice> In(string category) =>
        IsOfCategories
            ? Parse(Level, CategoryInputs.Named(Text, category)).BiMap(own => own, error => Error.New($"{Option}: {error.Message}"))
            : this;

    /// <summary>What was written for the option of a level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="text">The text.</param>
    /// <param name="alone">Whether no other level has thresholds.</param>
    public static Fin<ThresholdChoice> Parse(string level, string text, bool alone = false) =>
        text is "inf" or "-inf" ? new ThresholdChoice(level, text, text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity, null)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? double.IsFinite(value) ? new ThresholdChoice(level, text, value, null)
                : Error.New($"'{text}' is not finite; it must be a finite number, inf, -inf or a file of fmetrics threshold")
        : CategoryInputs.IsNamed(text) ? new ThresholdChoice(level, text, double.NaN, null)
        : !File.Exists(text) ? Error.New($"'{text}' is neither a finite number nor a file of fmetrics threshold")
        : from chosen in ThresholdFile.TryRead(text)
        from fits in chosen.Level == level
            ? FinSucc(unit)
            : Error.New(
                $"'{text}' is a threshold of the {chosen.Level} level; it "
                    + (alone ? $"must be one of the {level} level" : $"goes with {OptionOf(chosen.Level)}")
            )
        select new ThresholdChoice(level, text, chosen.Value, chosen);

    /// <summary>Refuses a threshold that was chosen where the other scores are anomalous, and one of each category where there are none.</summary>
    /// <param name="lowerIsAnomalous">Whether low scores are anomalous in the data.</param>
    public Fin<Unit> Fits(bool lowerIsAnomalous) =>
        IsOfCategories ? Error.New($"{Option} '{Text}' names a file of each category; it goes with --categories")
        : Chosen is null || Chosen.LowerIsAnomalous == lowerIsAnomalous ? unit
        : Error.New(
            $"{Option} '{Text}' was chosen where {(lowerIsAnomalous ? "high" : "low")} scores are the anomalous ones, and in these data the {(lowerIsAnomalous ? "low" : "high")} ones are"
        );

    /// <summary>Where the threshold comes from, and whether these are the very data that it was chosen on.</summary>
    /// <param name="seen">What was evaluated; null where no scores are left.</param>
    public Option<Note> Note(EvaluationState? seen)
    {
        return Note(
            seen is EvaluationState.Exact exact
                ? Level == Levels.Pixel
                    ? exact.Pixels.Map(pixels => pixels.Rank)
                    : Some(exact.Images)
                : Option<RankState>.None
        );
    }

    /// <summary>The same.</summary>
    /// <param name="rows">The scores of the level; none where they are not all known.</param>
    public Option<Note> Note(Option<RankState> rows)
    {
        if (Chosen is null)
            return None;
        var what = $"The {Chosen.Level} threshold of {Path.GetFileName(Text)} was chosen by {Chosen.Rule}";
        var (code, sentence) = rows.Match(
            here =>
                Core.Threshold.HashOf(here) == Chosen.DataHash
                    ? (Same, $"{what} on these very data: rates and intervals there are too good.")
                    : (Other, $"{what} on other data."),
            () => (Unknown, $"{what}; that these are other data was not checked, which needs every score at once.")
        );
        return new Note(code, Chosen.Rows, sentence);
    }
}
