using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>From scores to keys: the vector paths against the plain functions of one score, for every length and alignment.</summary>
public class KeyKernelsTests
{
    [Fact]
    public void Keys_of_all_lengths_and_alignments_are_those_of_each_score()
    {
        var scores = Awkward(260);
        var narrow = Array.ConvertAll(scores, score => (float)Math.Clamp(score, float.MinValue, float.MaxValue));
        for (var from = 0; from < 9; from++)
        for (var length = 0; length <= 200; length++)
        {
            Assert.True(KeyKernels.Keys(scores.AsSpan(from, length), out var wideKeys));
            Assert.Equal(scores.AsSpan(from, length).ToArray().Select(ScoreKey.Of), ((Chunk<ulong>)wideKeys).Keys);
            Assert.True(KeyKernels.Keys(narrow.AsSpan(from, length), out var narrowKeys));
            Assert.Equal(narrow.AsSpan(from, length).ToArray().Select(ScoreKey.Of), ((Chunk<uint>)narrowKeys).Keys);
        }
    }

    [Fact]
    public void Splitting_by_label_keeps_the_order_within_each_class()
    {
        var scores = Awkward(260);
        for (var length = 0; length <= 200; length++)
            foreach (var density in (int[])[0, 1, 5, 9, 10])
            {
                var choices = new Choices(length * 11 + density);
                bool[] labels = [.. Enumerable.Range(0, length).Select(_ => choices.Below(10) < density)];
                var part = scores.AsSpan(length % 8, length);
                var bits = LabelBits.Of(Array.ConvertAll(labels, label => label ? (byte)1 : (byte)0));
                Assert.Equal((length, labels.Count(label => label)), (bits.Count, bits.Positives));
                Assert.True(KeyKernels.Split(part, bits, out var negatives, out var positives));
                double[] rows = [.. part];
                Assert.Equal(rows.Where((_, i) => !labels[i]).Select(ScoreKey.Of), ((Chunk<ulong>)negatives).Keys);
                Assert.Equal(rows.Where((_, i) => labels[i]).Select(ScoreKey.Of), ((Chunk<ulong>)positives).Keys);
                Half[] halves = [.. Enumerable.Range(0, length).Select(i => (Half)(i - 50))];
                Assert.True(KeyKernels.Split(halves, bits, out negatives, out positives));
                Assert.Equal(halves.Where((_, i) => !labels[i]).Select(half => ScoreKey.Of((float)half)), ((Chunk<uint>)negatives).Keys);
                Assert.Equal(halves.Where((_, i) => labels[i]).Select(half => ScoreKey.Of((float)half)), ((Chunk<uint>)positives).Keys);
            }
    }

    [Fact]
    public void A_key_orders_as_its_score_widens_as_it_and_gives_it_back()
    {
        double[] scores = [.. Awkward(300).Select(score => score + 0.0).Order()];
        for (var i = 0; i < scores.Length; i++)
        {
            Same.Bits(scores[i], ScoreKey.Score(ScoreKey.Of(scores[i])));
            Assert.Equal(ScoreKey.Of(-scores[i]), ScoreKey.Negate(ScoreKey.Of(scores[i])));
            if (i > 0)
                Assert.Equal(scores[i - 1].CompareTo(scores[i]), ScoreKey.Of(scores[i - 1]).CompareTo(ScoreKey.Of(scores[i])));
            var narrow = (float)Math.Clamp(scores[i], float.MinValue, float.MaxValue);
            Assert.Equal(ScoreKey.Of((double)narrow), ScoreKey.Widen(ScoreKey.Of(narrow)));
            Assert.Equal(ScoreKey.Of(-narrow), ScoreKey.Negate(ScoreKey.Of(narrow)));
        }
        Assert.Equal(ScoreKey.Of(0.0), ScoreKey.Of(-0.0));
        Assert.Equal(ScoreKey.Of(0f), ScoreKey.Of(-0f));
    }

    [Fact]
    public void The_key_at_a_threshold_is_the_first_that_reaches_it()
    {
        foreach (var threshold in Awkward(300))
        {
            var key = ScoreKey.AtLeast<uint>(threshold);
            foreach (var score in (float[])[(float)threshold, MathF.BitIncrement((float)threshold), MathF.BitDecrement((float)threshold)])
                if (float.IsFinite(score))
                    Assert.Equal(score >= threshold, ScoreKey.Of(score) >= key);
        }
    }

    [Fact]
    public void Extrema_of_all_lengths_and_alignments_are_those_of_a_plain_loop()
    {
        ulong[] keys = [.. Awkward(260).Select(ScoreKey.Of)];
        var narrow = Array.ConvertAll(keys, key => (uint)(key >> 32));
        for (var from = 0; from < 9; from++)
        for (var length = 1; length <= 200; length++)
        {
            ulong[] wide = [.. keys.AsSpan(from, length)];
            uint[] few = [.. narrow.AsSpan(from, length)];
            Assert.Equal((wide.Min(), wide.Max()), KeyExtrema.Of<ulong>(keys.AsSpan(from, length)));
            Assert.Equal((few.Min(), few.Max()), KeyExtrema.Of<uint>(narrow.AsSpan(from, length)));
        }
    }

    [Fact]
    public void Label_bits_answer_as_the_labels_they_pack()
    {
        for (var length = 0; length <= 200; length++)
        {
            var choices = new Choices(length);
            byte[] labels = [.. Enumerable.Range(0, length).Select(_ => (byte)(choices.Once(4) ? 1 : 0))];
            var bits = LabelBits.Of(labels);
            for (var i = 0; i < 20 && length > 0; i++)
            {
                var from = choices.Below(length);
                var to = from + choices.Below(length - from + 1);
                Assert.Equal(labels[from] == 1, bits[from]);
                Assert.Equal(labels[from..to].Count(label => label == 1), bits.PositivesBetween(from, to));
                foreach (var label in (bool[])[true, false])
                    Assert.Equal(
                        Enumerable.Range(from, to - from).FirstOrDefault(at => labels[at] == (label ? 1 : 0), to),
                        bits.Next(label, from, to)
                    );
            }
        }
    }

    [Fact]
    public void A_label_that_is_neither_0_nor_1_is_seen_wherever_it_stands()
    {
        for (var length = 0; length <= 200; length++)
        {
            byte[] labels = [.. Enumerable.Range(0, length).Select(i => (byte)(i % 2))];
            Assert.True(LabelBits.Of(labels).AreBinary, $"{length} labels");
            for (var i = 0; i < length; i++)
            {
                byte[] wrong = [.. labels];
                wrong[i] = (byte)(i % 3 == 0 ? 255 : 2);
                Assert.False(LabelBits.Of(wrong).AreBinary, $"label {i} of {length}");
            }
        }
    }

    private static double[] Awkward(int count)
    {
        var choices = new Choices(count);
        double[] special =
        [
            0.0,
            -0.0,
            double.Epsilon,
            -double.Epsilon,
            double.MaxValue,
            double.MinValue,
            1e-310,
            float.Epsilon,
            1e-40,
            -1e-40,
        ];
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    choices.Once(3) ? special[choices.Below(special.Length)]
                    : choices.Once(2) ? choices.Below(2001) / 1000.0 - 1
                    : Math.ScaleB(choices.Below(2001) - 1000, choices.Below(1900) - 1000)
                ),
        ];
    }
}
