namespace FunctionalMetrics.IO;

/// <summary>The most that reading a data set takes at once, as the headers of its files say. Compared by value; immutable.</summary>
/// <param name="File">The map at which that is.</param>
/// <param name="Bytes">Bytes of what is decoded there, of what is held whole, and of the blocks that wait or are used meanwhile.</param>
/// <param name="BlockBytes">Bytes of the largest block alone: what each copy of it takes.</param>
public sealed record ReadingMemory(string File, long Bytes, long BlockBytes);
