using System.Globalization;

namespace FunctionalMetrics.IO;

/// <summary>A file that is written, but not yet where it belongs.</summary>
internal sealed class OutputFile
{
    private const string Prefix = ".fmetrics.";
    private const string Temporary = "tmp";
    private const string Replaced = "bak";
    private static readonly TimeSpan Stale = TimeSpan.FromDays(1);

    private readonly string target;
    private readonly string temporary;

    private OutputFile(string path, string target, string temporary, bool isDevice) =>
        (Path, this.target, this.temporary, IsDevice) = (path, target, temporary, isDevice);

    /// <summary>The path as the caller named it.</summary>
    public string Path { get; }

    public bool IsDevice { get; }

    public static OutputFile Write(string path, Action<Stream> content, Rollback rollback)
    {
        var full = System.IO.Path.GetFullPath(path);
        var isDevice =
            !OperatingSystem.IsWindows()
            && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal));
        var target = isDevice || new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, true)!.FullName;
        if (Directory.Exists(target))
            throw new IOException("it is a folder");
        if (!isDevice)
            MakeFolder(System.IO.Path.GetDirectoryName(target), rollback);
        var temporary = isDevice ? System.IO.Path.GetTempFileName() : Beside(target, Temporary);
        if (!isDevice)
            ClearAway(System.IO.Path.GetDirectoryName(target)!);
        rollback.Add(() => File.Delete(temporary), () => File.Delete(temporary));
        using var stream = new FileStream(temporary, isDevice ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.None);
        // before there is anything to see
        if (!isDevice && !OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
        content(stream);
        stream.Flush(true);
        return new(path, target, temporary, isDevice);
    }

    /// <summary>Puts the file where it belongs. What stood there is kept until all files are in place.</summary>
    public void Commit(Rollback rollback)
    {
        if (IsDevice)
        {
            using var from = File.OpenRead(temporary);
            using var to = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            from.CopyTo(to);
        }
        else if (File.Exists(target))
        {
            var backup = Beside(target, Replaced);
            File.Replace(temporary, target, backup);
            rollback.Add(() => File.Move(backup, target, true), () => File.Delete(backup));
        }
        else
        {
            File.Move(temporary, target);
            rollback.Add(() => File.Delete(target));
        }
    }

    private static void MakeFolder(string? folder, Rollback rollback)
    {
        if (string.IsNullOrEmpty(folder) || Directory.Exists(folder))
            return;
        MakeFolder(System.IO.Path.GetDirectoryName(folder), rollback);
        Directory.CreateDirectory(folder);
        rollback.Add(() => Directory.Delete(folder));
    }

    /// <summary>A name that is short whatever the target's (names end at 255 bytes), and that says when it was made.</summary>
    private static string Beside(string target, string extension) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, $"{Prefix}{Guid.CreateVersion7():N}.{extension}");

    /// <summary>Deletes what a process that was killed left, half written or replaced already: nothing is written for longer than a day.</summary>
    private static void ClearAway(string folder)
    {
        foreach (var left in Directory.EnumerateFiles(folder, $"{Prefix}*"))
            if (Made(left) is { } made && DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - made > Stale.TotalMilliseconds)
                File.Delete(left);
    }

    /// <summary>The millisecond in which a name was made; what was replaced keeps the time at which it was written itself.</summary>
    private static long? Made(string path) =>
        System.IO.Path.GetFileName(path)[Prefix.Length..].Split('.') is [var name, Temporary or Replaced]
        && Guid.TryParseExact(name, "N", out var id)
        && id.Version == 7
            ? long.Parse(name[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : null;
}
