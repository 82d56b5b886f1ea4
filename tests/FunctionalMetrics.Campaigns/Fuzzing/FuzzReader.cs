using System.Collections.Immutable;
using LanguageExt;

namespace FunctionalMetrics.Campaigns;

/// <summary>One reader or decoder, sound inputs for it, and every way in which it is asked to read.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Extension">Of the file that it reads; null where it reads bytes.</param>
/// <param name="Corpus">The sound inputs.</param>
/// <param name="Ways">Each reads an input, of a path or of bytes, to a value or a typed failure; anything else is a find.</param>
internal sealed record FuzzReader(
    string Name,
    string? Extension,
    ImmutableArray<byte[]> Corpus,
    ImmutableArray<Func<string, byte[], Fin<Unit>>> Ways
);
