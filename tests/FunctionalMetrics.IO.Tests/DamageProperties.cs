using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalMetrics.IO.Tests;

/// <summary>A good file and what happened to it: cut after so many bytes, or one byte changed.</summary>
public sealed record Damage(string Name, byte[] Bytes, string What)
{
    public override string ToString() => $"{Name} {What}";
}

public static class Damages
{
    public static Arbitrary<Damage> Any() =>
        (
            from file in Gen.OneOf(Gen.Elements(Corpus.Files), Gen.Elements(Corpus.Small))
            // headers and footers are where damage does most
            from at in Gen.OneOf(
                Gen.Choose(0, file.Bytes.Length - 1),
                Gen.Choose(0, Math.Min(200, file.Bytes.Length) - 1),
                Gen.Choose(Math.Max(0, file.Bytes.Length - 200), file.Bytes.Length - 1)
            )
            from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0, 1, 127, 128, 255))
            from cut in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
            select cut
                ? new Damage(file.Name, file.Bytes[..at], $"cut after {at} bytes")
                : new Damage(file.Name, [.. file.Bytes[..at], (byte)value, .. file.Bytes[(at + 1)..]], $"with {value} at byte {at}")
        ).ToArbitrary();
}

[Properties(Arbitrary = [typeof(Damages)], MaxTest = 2000, QuietOnSuccess = true)]
public class DamageProperties
{
    [Property, Trait("Category", "Slow")]
    public void A_damaged_file_gives_a_value_or_an_input_error(Damage damage)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(damage.Name, damage.Bytes);
        var mask = folder.Write("mask.npy", Make.Npy("|u1", "(1, 2, 2)", new byte[4]));
        foreach (var name in Path.GetExtension(path) == ".npz" ? [path, path + ":maps"] : new[] { path })
        {
            Assert.True(Within(() => ScoreFile.TryRead(name)).IsValueOrInputError());
            Assert.True(Within(() => ScoreFile.TryReadLabelled(name)).IsValueOrInputError());
            Assert.True(Within(() => ScoreFile.TryReadImageScores(name, ["0"])).IsValueOrInputError());
            var source = Within(() => MapSource.TryOpen(name));
            Assert.True(source.IsValueOrInputError());
            Assert.All(
                Within(() => source.Map(maps => maps.TryRead().ToList()).IfFail([])),
                maps => Assert.True(maps.IsValueOrInputError())
            );
            foreach (var (maps, masks) in new[] { (name, mask), (mask, name) })
            {
                var data = Within(() => MapDataset.TryOpen(maps, masks));
                Assert.True(data.IsValueOrInputError());
                Assert.All(
                    Within(() => data.Map(found => found.TryRead().ToList()).IfFail([])),
                    found => Assert.True(found.IsValueOrInputError())
                );
            }
        }

        A Within<A>(Func<A> read) => Budget.Within(path, damage.ToString(), read);
    }

    [Property(MaxTest = 100)]
    public void What_is_written_as_npy_is_read_back(double[] values)
    {
        using var folder = new TemporaryFolder();
        var target = new MemoryStream();
        NpyFile.Write(target, values, values.Length);
        using var array = NpyReader.Open(folder.Write("a.npy", target.ToArray()));
        Assert.Equal(
            values.Select(BitConverter.DoubleToInt64Bits),
            ((double[])array.Next(values.Length)).Select(BitConverter.DoubleToInt64Bits)
        );
    }
}
