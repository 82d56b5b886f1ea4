using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// Why a <see cref="ShardReader"/> does not read a shard here, in one sentence: what lies here is not what was meant. Another silo may read it; the job
/// ends with the sentence when every worker refuses.
/// </summary>
/// <param name="Reason">The sentence.</param>
public sealed record ShardDiffers(string Reason) : Expected(Reason, 4, None);
