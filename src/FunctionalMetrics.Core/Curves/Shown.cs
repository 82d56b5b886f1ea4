namespace FunctionalMetrics.Core;

/// <summary>
/// The one number that a result stands for, where it has one: what <c>Compute</c> of the C# class gives, and what tables show under the metric's own
/// name. A number, an interval, or a value of this library whose numbers are marked.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HeadlineAttribute : Attribute;

/// <summary>A number of a result that tables show under its member's name: a number, an interval, or a value whose numbers are marked.</summary>
/// <param name="missing">What was not seen where it is absent, such as "second score"; an Option must say it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShownAttribute(string missing = "") : Attribute
{
    /// <summary>What was not seen where it is absent.</summary>
    public string Missing { get; } = missing;
}

/// <summary>The curve of a result, or a result that is one.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class CurveAttribute : Attribute;
