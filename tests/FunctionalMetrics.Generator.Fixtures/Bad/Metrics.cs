using FunctionalMetrics.Core;
using LanguageExt;

namespace Fixtures;

// What is wrong with each of these is in its name.

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class ParameterOfAnUnknownType
{
    public static Metric<Scores, ExtremaState, double> Metric { get; } = With();

    /// <param name="limit">A limit.</param>
    /// <param name="names">Names.</param>
    public static Metric<Scores, ExtremaState, double> With(double limit = 1, string[]? names = null) => Some.Metric<double>();
}

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class ParameterWithoutDefault
{
    public static Metric<Scores, ExtremaState, double> Metric { get; } = With(1);

    /// <param name="limit">A limit.</param>
    public static Metric<Scores, ExtremaState, double> With(double limit) => Some.Metric<double>();
}

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class ParameterWithoutDocumentation
{
    public static Metric<Scores, ExtremaState, double> Metric { get; } = With();

    public static Metric<Scores, ExtremaState, double> With(double limit = 1) => Some.Metric<double>();
}

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class TwoFactories
{
    public static Metric<Scores, ExtremaState, double> Metric { get; } = Within();

    /// <param name="limit">A limit.</param>
    public static Metric<Scores, ExtremaState, double> Within(double limit = 1) => Some.Metric<double>();

    /// <param name="limit">A limit.</param>
    public static Metric<Scores, ExtremaState, double> UpTo(double limit = 1) => Some.Metric<double>();
}

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class FormWithoutDocumentation
{
    public static Metric<Scores, ExtremaState, double> Metric { get; } = Some.Metric<double>();

    /// <param name="limit">A limit.</param>
    public static Metric<Scores, ExtremaState, float> Within(double limit = 1) => Some.Metric<float>();
}

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class FactoryOnly
{
    /// <param name="limit">A limit.</param>
    public static Metric<Scores, ExtremaState, double> Within(double limit = 1) => Some.Metric<double>();
}

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class ParametersAndAnotherBatch
{
    public static Metric<Scores, ExtremaState, double> Metric { get; } = Within();

    /// <param name="limit">A limit.</param>
    public static Metric<Scores, ExtremaState, double> Within(double limit = 1) => Some.Metric<double>();

    /// <summary>The metric of something else.</summary>
    public static Metric<Scores, ExtremaState, float> OfFloats { get; } = Some.Metric<float>();
}

public static class WithoutDocumentation
{
    public static Metric<Scores, ExtremaState, double> Metric { get; } = Some.Metric<double>();
}

/// <summary>A metric.<para>Formula: none.</para></summary>
public static class WithoutSource
{
    public static Metric<Scores, ExtremaState, double> Metric { get; } = Some.Metric<double>();
}

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class ResultInACircle
{
    public static Metric<Scores, ExtremaState, Chicken> Metric { get; } = Some.Metric<Chicken>();
}

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class ResultWithoutAForm
{
    public static Metric<Scores, ExtremaState, EitherResult> Metric { get; } = Some.Metric<EitherResult>();
}

/// <summary>
/// A metric.
/// <para>Formula: none.</para>
/// <para>Never undefined.</para>
/// <para>Source: none.</para>
/// </summary>
public static class ResultOfWrongMarks
{
    public static Metric<Scores, ExtremaState, MarkedResult> Metric { get; } = Some.Metric<MarkedResult>();
}

public sealed record MarkedResult([property: Shown] Seq<string> Names, [property: Shown] Option<double> Other);

public sealed record Chicken(Egg? Laid);

public sealed record Egg(Chicken? Hatched);

public sealed record EitherResult(Either<int, double> Value);

internal static class Some
{
    public static Metric<Scores, ExtremaState, TResult> Metric<TResult>() =>
        new("some", Option<bool>.None, ExtremaState.State, _ => new Undefined("some", Missing.Score, 0));
}
