using System.Globalization;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Evaluations within a limit of memory: the files are read several times, and every byte of the numbers is that of one pass.</summary>
public sealed partial class MemoryTests : IDisposable
{
    private const string Enough = "240MB";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, Trait("Category", "Slow")]
    [InlineData("")]
    [InlineData("--lower-is-anomalous --fpr-limit 0.05")]
    public void Maps_of_a_folder_give_the_same_JSON_and_the_same_table(string options)
    {
        string[] evaluate = ["evaluate", Fmetrics.Brick, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        foreach (
            var output in (string[][])
                [
                    ["--json", "-"],
                    [],
                ]
        )
        {
            var (once, limited) = (Fmetrics.Run([.. evaluate, .. output]), Fmetrics.Run([.. evaluate, .. output, "--max-memory", Enough]));
            Assert.Equal(0, once.ExitCode);
            Assert.Equal(once.WithoutCall(), limited.WithoutCall());
        }
    }

    [Theory]
    [InlineData("<f4")]
    [InlineData("|u1")]
    public void The_least_that_a_refusal_names_does_and_gives_the_same_JSON(string dtype)
    {
        string[] evaluate = [.. EvaluateStack(dtype, [3, 600, 500], (random, mask) => 100 * random + 40 * mask), "--json", "-"];
        var refused = Fmetrics.Run([.. evaluate, "--max-memory", "1.5MB"]);
        refused.IsRefusal("1.5 MB of memory is too little for this data;");
        var least = int.Parse(Least().Match(refused.Error).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(least, 110, 160);
        Fmetrics.Run([.. evaluate, "--max-memory", $"{least - 1}MB"]).IsRefusal($" {least} MB is the least that would do");
        Assert.Equal(Fmetrics.Run(evaluate).WithoutCall(), Fmetrics.Run([.. evaluate, "--max-memory", $"{least}MB"]).WithoutCall());
    }

    /// <summary>Stacks of float32 and float64 are read twice where no state is asked for; with one, each score is held.</summary>
    [Theory, Trait("Category", "Slow")]
    [InlineData("<f4", "")]
    [InlineData("<f8", "")]
    [InlineData("<f4", "--lower-is-anomalous --fpr-limit 0.05")]
    [InlineData("<f4", "--mask-threshold 2 --default-threshold 0.25")]
    [InlineData(">f4", "")]
    public void Stacks_that_are_read_twice_give_the_same_JSON_as_states(string dtype, string options)
    {
        string[] evaluate =
        [
            .. EvaluateStack(dtype, [5, 300, 400], (random, mask) => random - 0.3 + 0.2 * mask),
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "--json",
            "-",
        ];
        var twice = Fmetrics.Run(evaluate);
        Assert.Equal(0, twice.ExitCode);
        Assert.Equal(twice.WithoutCall(), Fmetrics.Run([.. evaluate, "--state", folder.File("whole.fms")]).WithoutCall());
    }

    /// <summary>Writes a stack whose masks have regions of many sizes, each score made of a random number in [0, 1) and of its label.</summary>
    private string[] EvaluateStack(string dtype, int[] shape, Func<double, float, double> score)
    {
        var random = new Random(5);
        var pixels = Enumerable.Range(0, shape[0] * shape[1] * shape[2]);
        float[] masks = [.. pixels.Select(i => i / 37 % 9 == 0 && i / shape[2] % 7 < 5 ? 1f : 0f)];
        float[] maps = [.. masks.Select(mask => (float)score(random.NextDouble(), mask))];
        return
        [
            "evaluate",
            "--maps",
            Npy.Write(folder.File("maps.npy"), dtype, shape, maps),
            "--masks",
            Npy.Write(folder.File("masks.npy"), "|u1", shape, masks),
        ];
    }

    /// <summary>The mask has the header of 3000 x 3000 pixels and nothing behind it: whoever decodes it says so.</summary>
    [Fact]
    public void What_the_headers_ask_for_is_known_before_anything_is_decoded()
    {
        Directory.CreateDirectory(folder.File("m"));
        Directory.CreateDirectory(folder.File("k"));
        Npy.Write(folder.File("m/a.npy"), "<f4", [2, 2], [0, 1, 2, 3]);
        byte[] header = [.. "IHDR"u8, 0, 0, 0x0B, 0xB8, 0, 0, 0x0B, 0xB8, 8, 0, 0, 0, 0];
        byte[] crc = [.. System.IO.Hashing.Crc32.Hash(header).Reverse()];
        File.WriteAllBytes(folder.File("k/a.png"), [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. header, .. crc, .. new byte[20_000]]);
        string[] evaluate = ["evaluate", "--maps", folder.File("m"), "--masks", folder.File("k"), "--resize-maps"];
        Fmetrics.Run([.. evaluate, "--max-memory", "2GB"]).IsRefusal("k/a.png");
        var refused = Fmetrics.Run([.. evaluate, "--max-memory", "200MB"]);
        refused.IsRefusal("200 MB of memory is too little for this data;", "m/a.npy");
        // Its numbers as bytes, labels, scores as float64, and the batch of these.
        Assert.InRange(int.Parse(Least().Match(refused.Error).Groups[1].Value, CultureInfo.InvariantCulture), 250, 330);
    }

    [Fact]
    public void A_stack_in_Fortran_order_is_held_whole_where_it_has_room_and_that_is_said()
    {
        var (images, height, width) = (40, 300, 250);
        var random = new Random(7);
        float[] maps = [.. Enumerable.Range(0, images * height * width).Select(_ => (float)random.NextDouble())];
        float[] masks = [.. maps.Select((_, at) => at / 97 % 11 == 0 ? 1f : 0f)];
        var (shape, turned) = ((int[])[images, height, width], new float[maps.Length]);
        for (var at = 0; at < maps.Length; at++)
            turned[at / (height * width) + images * (at / width % height + height * (at % width))] = maps[at];
        var stack = Npy.Write(folder.File("f.npy"), "<f4", shape, turned);
        var bytes = File.ReadAllText(stack, System.Text.Encoding.Latin1).Replace("False, ", "True,  ");
        File.WriteAllText(stack, bytes, System.Text.Encoding.Latin1);
        string[] Evaluate(string path) => ["--maps", path, "--masks", folder.File("k.npy")];
        Npy.Write(folder.File("k.npy"), "|u1", shape, masks);
        var plain = Fmetrics.Evaluate(Evaluate(Npy.Write(folder.File("c.npy"), "<f4", shape, maps)));
        var limited = Fmetrics.Evaluate([.. Evaluate(stack), "--max-memory", "300MB"]);
        Assert.Equal("held_whole", (string)limited["notes"]!.AsArray()[^1]!["code"]!);
        limited["notes"]!.AsArray().RemoveAt(limited["notes"]!.AsArray().Count - 1);
        Assert.Equal(plain.ToJsonString(), limited.ToJsonString());
        Assert.Equal(plain.ToJsonString(), Fmetrics.Evaluate(Evaluate(stack)).ToJsonString());
        var refused = Fmetrics.Run(["evaluate", .. Evaluate(stack), "--max-memory", "130MB"]);
        refused.IsRefusal($"{stack}: is stored in Fortran order", "130 MB of memory is too little", "C order");
        var least = Least().Match(refused.Error).Groups[1].Value;
        Assert.Equal(0, Fmetrics.Run(["evaluate", .. Evaluate(stack), "--max-memory", $"{least}MB"]).ExitCode);
    }

    [Fact, Trait("Category", "Slow")]
    public void Labelled_rows_give_the_same_JSON()
    {
        var random = new Random(6);
        var rows = Enumerable
            .Range(0, 300_000)
            .Select(i => FormattableString.Invariant($"{i / 7e5 + random.NextDouble():R},{(i % 3 == 0 && i > 1000 ? "bad" : "good")}"));
        var file = folder.Write("rows.csv", "score,label\n" + string.Join('\n', rows) + "\n");
        foreach (
            var direction in (string[][])
                [
                    [],
                    ["--lower-is-anomalous"],
                ]
        )
        {
            string[] evaluate = ["evaluate", "--scores", file, "--positive-label", "bad", "--json", "-", .. direction];
            Assert.Equal(Fmetrics.Run(evaluate).WithoutCall(), Fmetrics.Run([.. evaluate, "--max-memory", Enough]).WithoutCall());
        }
    }

    [Theory]
    [InlineData("score,label\n0.1,0\n0.2,0\n", "")]
    [InlineData("score,label\n0.1,1\n0.2,1\n", "")]
    [InlineData("score,label\n", "--default-threshold 0.7")]
    [InlineData("score,label\n0.1,0\nNaN,1\n", "")]
    [InlineData("score,label\n0.1,0\n0.2,2\n", "")]
    [InlineData("score,label\n0.1,good\n", "--positive-label bad")]
    [InlineData("score\n0.1\n", "")]
    public void What_is_undefined_or_wrong_is_said_in_the_same_words(string rows, string options)
    {
        string[] evaluate =
        [
            "evaluate",
            "--scores",
            folder.Write("rows.csv", rows),
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "--json",
            folder.File("numbers.json"),
        ];
        var once = Fmetrics.Run(evaluate);
        var numbers = Numbers();
        Assert.Equal(once, Fmetrics.Run([.. evaluate, "--max-memory", Enough]));
        Assert.Equal(numbers, Numbers());

        string Numbers()
        {
            if (!File.Exists(folder.File("numbers.json")))
                return "";
            var text = File.ReadAllText(folder.File("numbers.json"));
            File.Delete(folder.File("numbers.json"));
            return Fmetrics.WithoutCall(text);
        }
    }

    [Fact]
    public void A_report_has_the_tables_and_says_what_curves_need()
    {
        var page = folder.File("report.html");
        Assert.Equal(0, Fmetrics.Run("evaluate", Fmetrics.Brick, "--max-memory", Enough, "--report", page, "--quiet").ExitCode);
        var html = File.ReadAllText(page);
        Assert.Contains("evaluate without --max-memory", html, StringComparison.Ordinal);
        Assert.Matches(@"AUROC</th><td title=""0\.8791666666666667"">0\.8792<", html);
    }

    [Theory]
    [InlineData("--state", "a.fms")]
    [InlineData("--approximate", "18")]
    [InlineData("--cluster", "redis://127.0.0.1:1")]
    public void What_does_not_go_with_a_limit_is_refused(string option, string value) =>
        Fmetrics
            .RunIn(folder.Path, "evaluate", Fmetrics.Brick, "--max-memory", Enough, option, value)
            .IsRefusal($"--max-memory does not go with {option}: ");

    [Theory]
    [InlineData("256")]
    [InlineData("-1GB")]
    [InlineData("0MB")]
    [InlineData("lots")]
    [InlineData("MB")]
    [InlineData("1e3MB")]
    public void A_size_without_sense_is_refused(string size) =>
        Fmetrics.Run("evaluate", Fmetrics.Brick, $"--max-memory={size}").IsRefusal($"--max-memory is '{size}'", "256MB or 1GiB");

    [Theory]
    [InlineData("0.25GB")]
    [InlineData("250000kB")]
    [InlineData("240MiB")]
    [InlineData("1gib")]
    public void Sizes_have_units_of_1000_and_of_1024(string size) =>
        Assert.Equal(0, Fmetrics.Run("evaluate", Fmetrics.Brick, "--max-memory", size, "--quiet").ExitCode);

    [GeneratedRegex(@"(\d+) MB is the least that would do")]
    private static partial Regex Least();
}
