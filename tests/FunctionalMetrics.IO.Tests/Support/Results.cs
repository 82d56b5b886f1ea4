using FunctionalMetrics.Core;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.IO.Tests;

/// <summary>Takes results apart.</summary>
internal static class Results
{
    public static A Good<A>(this Fin<A> result) => result.Match(value => value, error => throw new Xunit.Sdk.XunitException(error.Message));

    /// <summary>The sentence of a failure, which is always an <see cref="InputError"/> and stands on one line.</summary>
    public static string Sentence<A>(this Fin<A> result)
    {
        var error = result.Match(value => throw new Xunit.Sdk.XunitException($"no error, but {value}"), error => (InputError)error);
        Assert.Equal($"{error.Path}: {error.Problem}", error.Message);
        Assert.Equal(2, error.Code);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    /// <summary>Whether the result is a value, or an <see cref="InputError"/>.</summary>
    public static bool IsValueOrInputError<A>(this Fin<A> result) => result.Match(_ => true, error => error is InputError);

    /// <summary>The pixels of maps as numbers, and whether they are held as float32.</summary>
    public static (double[] Values, bool Narrow) Pixels(this Maps maps)
    {
        var keys = new ulong[maps.Keys.Count];
        maps.Keys.CopyTo<ulong>(keys);
        return (Array.ConvertAll(keys, ScoreKey.Score), maps.Keys is Chunk<uint>);
    }

    public static bool[] MaskPixels(this MapBatch batch) =>
        [.. Enumerable.Range(0, (int)batch.Shape.Pixels).Select(index => batch.Mask[index])];

    /// <summary>The scores of a batch, in order of their size, and whether they are held as float32.</summary>
    public static (double[] Values, bool Narrow) Sorted(this Scores scores)
    {
        var values = scores.Chunks.SelectMany(chunk =>
        {
            var keys = new ulong[chunk.Count];
            chunk.CopyTo<ulong>(keys);
            return keys.Select(ScoreKey.Score);
        });
        return ([.. values.Order()], scores.Chunks.All(chunk => chunk is Chunk<uint>));
    }

    public static void Hold(this (double[] Values, bool Narrow) actual, bool narrow, params double[] values)
    {
        Assert.Equal(values, actual.Values);
        Assert.Equal(narrow, actual.Narrow);
    }

    public static double[] PositiveScores(this ScoreBatch batch) => new Scores(batch.PositiveKeys).Sorted().Values;

    public static double[] NegativeScores(this ScoreBatch batch) => new Scores(batch.NegativeKeys).Sorted().Values;
}
