namespace FunctionalMetrics.Cli.Tests;

/// <summary>Six images of 2 x 3 pixels of which something has to be decided: two without a mask in a normal folder, one elsewhere, one with an empty mask.</summary>
internal static class SmallSet
{
    /// <summary>Mask pixels of 2 are left out; images without a mask are normal.</summary>
    public static readonly string[] Rules = ["--unmasked", "normal", "--ignore-value", "2"];

    private static readonly (string Name, float[] Scores, float[]? Mask)[] Images =
    [
        ("cut/000", [0.1f, 0.2f, 0.9f, 0.3f, 0.8f, 0.4f], [0, 0, 1, 0, 1, 0]),
        ("good/000", [0.65f, 0.1f, 0.2f, 0.1f, 0.1f, 0.1f], null),
        ("cut/001", [0.2f, 0.1f, 0.3f, 0.7f, 0.2f, 0.75f], [0, 0, 0, 1, 0, 2]),
        ("cut/002", [0.5f, 0.1f, 0.1f, 0.2f, 0.3f, 0.45f], [0, 0, 0, 0, 0, 0]),
        ("good/001", [0.15f, 0.1f, 0.1f, 0.05f, 0.1f, 0.1f], null),
        ("hole/000", [0.25f, 0.1f, 0.2f, 0.05f, 0.1f, 0.1f], null),
    ];

    /// <summary>Writes some of the images in the layout of MVTec AD.</summary>
    /// <returns>The folder.</returns>
    public static string Write(TemporaryFolder folder, string name, Range images)
    {
        foreach (var (image, scores, mask) in Images[images])
        {
            Write(folder.File($"{name}/anomaly_maps/{image}.npy"), "<f4", scores);
            if (mask is not null)
                Write(folder.File($"{name}/ground_truth/{image}_mask.npy"), "|u1", mask);
        }
        return folder.File(name);
    }

    private static void Write(string path, string type, float[] values)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Npy.Write(path, type, [2, 3], values);
    }
}
