using System.CommandLine;

namespace FunctionalMetrics.Benchmarks;

/// <summary>The files of one run of the table: the same for each of its processes. What is not asked for is not read.</summary>
internal sealed class Inputs(string maps, string masks, string? largeMaps, string? largeMasks)
{
    private MapStack<float>? small;
    private MapStack<float>? large;

    public string Maps => maps;

    public string Masks => masks;

    public string? LargeMaps => largeMaps;

    public string? LargeMasks => largeMasks;

    public bool HasLarge => largeMaps is not null;

    /// <summary>The stack that most rows are measured on.</summary>
    public MapStack<float> Small => small ??= Read(maps, masks);

    /// <summary>The stack of some ten times as many images.</summary>
    public MapStack<float> Large =>
        large ??= Read(
            largeMaps ?? throw new InvalidOperationException("this row needs the large stack"),
            largeMasks ?? throw new InvalidOperationException("this row needs the masks of the large stack")
        );

    /// <summary>The command line by which a child process gets the same files.</summary>
    public IEnumerable<string> Arguments =>
        ["--maps", maps, "--masks", masks, .. HasLarge ? (string[])["--large-maps", largeMaps!, "--large-masks", largeMasks!] : []];

    public static (Option[] Options, Func<ParseResult, Inputs> Parse) Option()
    {
        var maps = new Option<string>("--maps") { Description = "float32 maps of shape (N, H, W), .npy", Required = true };
        var masks = new Option<string>("--masks") { Description = "uint8 masks of the same shape, .npy", Required = true };
        var largeMaps = new Option<string?>("--large-maps") { Description = "many more such maps" };
        var largeMasks = new Option<string?>("--large-masks") { Description = "and their masks" };
        return (
            [maps, masks, largeMaps, largeMasks],
            parsed => new(parsed.GetValue(maps)!, parsed.GetValue(masks)!, parsed.GetValue(largeMaps), parsed.GetValue(largeMasks))
        );
    }

    /// <summary>The two files of a made stack of so many images, which are not made again where they are.</summary>
    public static (string Maps, string Masks) Made(string folder, string name, int images, int seed)
    {
        var (maps, masks) = (Path.Combine(folder, $"{name}-{images}-maps.npy"), Path.Combine(folder, $"{name}-{images}-masks.npy"));
        if (File.Exists(masks))
            return (maps, masks);
        var stack = Workload.Make(images, seed);
        NpyStack.Write(maps, stack.Maps, "<f4", stack.Count, stack.Height, stack.Width);
        NpyStack.Write(masks, stack.Masks, "|u1", stack.Count, stack.Height, stack.Width);
        return (maps, masks);
    }

    private static MapStack<float> Read(string mapsPath, string masksPath)
    {
        var (scores, count, height, width) = NpyStack.Read<float>(mapsPath, "<f4");
        var (labels, n, h, w) = NpyStack.Read<byte>(masksPath, "|u1");
        return (count, height, width) == (n, h, w)
            ? new(scores, labels, count, height, width)
            : throw new InvalidDataException($"{masksPath}: not of the shape of {mapsPath}");
    }
}
