namespace FunctionalMetrics.Orleans;

/// <summary>One job: which shards there are, who has them, and what came out. Its key is the job's id.</summary>
[Alias("FunctionalMetrics.IJobGrain")]
internal interface IJobGrain : IGrainWithStringKey
{
    /// <summary>Begins the job. The same plan again changes nothing; another plan is refused.</summary>
    [Alias("Submit")]
    Task<Answer<bool>> Submit(JobPlan plan);

    /// <summary>Whether the job has a shard of this id that is pushed, exact or in bins; a refusal says why not.</summary>
    [Alias("Expects")]
    Task<Answer<bool>> Expects(string shard, bool bounded);

    /// <summary>A producer's shard is stored.</summary>
    [Alias("Arrived")]
    Task<Answer<bool>> Arrived(string shard);

    [Alias("Progress")]
    Task<Answer<JobProgress>> Progress();

    /// <summary>The result, once the job is complete.</summary>
    [Alias("Result")]
    [ResponseTimeout(Timeouts.Long)]
    Task<Answer<ResultBytes>> Result();

    /// <summary>Ends the job and removes all that is stored of it.</summary>
    [Alias("Forget")]
    Task Forget();
}

/// <summary>Reads shards, holds their states and merges them. Its key is its index among the workers, and the job's id.</summary>
[Alias("FunctionalMetrics.IWorkerGrain")]
internal interface IWorkerGrain : IGrainWithIntegerCompoundKey
{
    /// <summary>Reads a shard, unless it is held already, and says whether it is held now: not when nothing is stored of a pushed shard.</summary>
    /// <param name="index">The shard's index in the job.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="kind">What is held of it.</param>
    /// <param name="bits">In 2^bits bins, where it is held in bins.</param>
    [Alias("Read")]
    [ResponseTimeout(Timeouts.Long)]
    Task<Answer<bool>> Read(int index, Shard shard, JobKind kind, int bits);

    /// <summary>The indices of the shards that this activation holds.</summary>
    [Alias("Held")]
    Task<int[]> Held();

    /// <summary>The shards that it and the workers below it answer for: their anomalous scores alone where numbers are asked for, or all.</summary>
    /// <param name="holders">The worker that answers for each shard.</param>
    /// <param name="workers">How many workers there are.</param>
    /// <param name="kind">What is brought together.</param>
    [Alias("Gather")]
    [ResponseTimeout(Timeouts.Long)]
    Task<Answer<PortionBytes>> Gather(int[] holders, int workers, JobKind kind);

    /// <summary>The normal scores of the same shards, counted at thresholds.</summary>
    /// <param name="holders">The worker that answers for each shard.</param>
    /// <param name="workers">How many workers there are.</param>
    /// <param name="thresholds"><see cref="Thresholds"/> as bytes.</param>
    [Alias("Count")]
    [ResponseTimeout(Timeouts.Long)]
    Task<Answer<PortionBytes>> Count(int[] holders, int workers, ThresholdBytes thresholds);

    /// <summary>Lets go of everything.</summary>
    [Alias("Release")]
    Task Release();
}

/// <summary>A shard that a producer pushed. Its key is the job's id and the shard's.</summary>
[Alias("FunctionalMetrics.IPushedShardGrain")]
internal interface IPushedShardGrain : IGrainWithStringKey
{
    /// <summary>Stores the shard. The same content again changes nothing; other content is refused.</summary>
    [Alias("Push")]
    [ResponseTimeout(Timeouts.Store)]
    Task<Answer<bool>> Push(string job, string shard, byte[] state);

    /// <summary>The stored shard; null before it was pushed.</summary>
    [Alias("Read")]
    [ResponseTimeout(Timeouts.Long)]
    Task<byte[]?> Read();

    /// <summary>Stores it for as long again.</summary>
    [Alias("Renew")]
    Task Renew();

    [Alias("Forget")]
    Task Forget();
}

/// <summary>How long calls that read or merge may take. A silo that dies is noticed by its neighbours long before.</summary>
internal static class Timeouts
{
    public const string Long = "00:10:00";

    /// <summary>
    /// Storing what a producer pushed. A silo that passes a producer's call on to one that has just died does not tell the producer, which then
    /// has to send it again.
    /// </summary>
    public const string Store = "00:01:00";
}
