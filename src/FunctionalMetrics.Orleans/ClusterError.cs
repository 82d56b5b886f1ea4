using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>Why a cluster gave no answer, in one sentence.</summary>
/// <param name="Reason">The sentence.</param>
public sealed record ClusterError(string Reason) : Expected(Reason, 3, None);
