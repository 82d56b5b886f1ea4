using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>The numbers of maps and masks. Compared by value; immutable.</summary>
/// <param name="Pixels">Those of the pixels as rows.</param>
/// <param name="Aupro"><see cref="Core.Aupro"/>.</param>
/// <param name="Regions">R, how many regions there are.</param>
public sealed record RegionNumbers(RankNumbers Pixels, Fin<double> Aupro, long Regions);
