using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO;

/// <summary>
/// What was wrong with a file or folder, in one sentence: the path, where in it, the value found and what would be right. Rows of tables
/// are counted from 1 without the header; maps, masks, rows and columns of pixels, and indices of arrays are counted from 0, as numpy does.
/// </summary>
/// <param name="Path">The file or folder as the caller named it, or as it was found below a folder that the caller named; an option where
/// the caller's own words do not go together.</param>
/// <param name="Problem">The sentence without the path.</param>
public sealed record InputError(string Path, string Problem) : Expected($"{Path}: {Problem}", 2, None);
