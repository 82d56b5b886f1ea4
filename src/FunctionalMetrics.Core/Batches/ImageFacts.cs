using System.Text;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// What is known of an image beside its pixels; what is absent comes from the mask and the map. Compared by value; immutable.
/// <code>
/// maps.WithImages([new("good/000.png"), new("crack/000.png", IsAnomalous: true, Score: 0.8)])
/// </code>
/// </summary>
/// <param name="Name">Its name; two images may have the same. What UTF-8 cannot hold becomes U+FFFD.</param>
/// <param name="IsAnomalous">Its label, where the mask's is not to count.</param>
/// <param name="Score">Its score, where it is not the largest pixel.</param>
public sealed record ImageFacts(Option<string> Name = default, Option<bool> IsAnomalous = default, Option<double> Score = default)
{
    /// <summary>The same where scores change their sign.</summary>
    internal ImageFacts Negated => this with { Score = Score.Map(score => 0.0 - score) };

    /// <summary>With a name that UTF-8 can hold, and no negative zero.</summary>
    internal ImageFacts Normalized =>
        this with
        {
            Name = Name.Map(name => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name))),
            Score = Score.Map(score => score + 0.0),
        };
}
