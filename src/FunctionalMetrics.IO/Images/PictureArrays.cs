namespace FunctionalMetrics.IO;

/// <summary>
/// Arrays that the pictures of one thread are decoded to, one after the other, from here to <see cref="Dispose"/>: those of a folder mostly have one
/// size, and a batch copies them. Anywhere else each picture has an array of its own.
/// </summary>
internal sealed class PictureArrays : IDisposable
{
    /// <summary>A map, its mask, and one more while sizes change.</summary>
    private const int Kept = 3;

    [ThreadStatic]
    private static PictureArrays? here;

    private readonly List<Array> free = [];

    public PictureArrays() => here = this;

    /// <summary>Room for so many numbers, whose content means nothing.</summary>
    public static Array Take(NumberType type, int count)
    {
        var found = here?.free.FindIndex(array => array.Length == count && NumberType.Of(array) == type) ?? -1;
        if (found < 0)
            return type.Allocate(count);
        var array = here!.free[found];
        here.free.RemoveAt(found);
        return array;
    }

    /// <summary>Says that nothing refers to an array any more.</summary>
    public static void Return(Array array)
    {
        if (here is not { free: var free } || free.Contains(array))
            return;
        if (free.Count == Kept)
            free.RemoveAt(0);
        free.Add(array);
    }

    public void Dispose() => here = null;
}
