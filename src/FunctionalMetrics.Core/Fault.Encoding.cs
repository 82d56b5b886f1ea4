using static System.FormattableString;

namespace FunctionalMetrics.Core;

public abstract partial record Fault
{
    /// <summary>The bytes are something else than a state.</summary>
    /// <param name="Begins">The first bytes, in hexadecimal.</param>
    public sealed record NotAState(string Begins) : Fault
    {
        /// <inheritdoc/>
        public override string Message =>
            Invariant($"the bytes begin with {Begins}; a state of FunctionalMetrics begins with {Convert.ToHexString(Envelope.Magic)}");
    }

    /// <summary>The bytes end before the state does.</summary>
    /// <param name="Length">How many bytes there are.</param>
    /// <param name="Expected">How many there must be, as far as can be told.</param>
    public sealed record Truncated(long Length, UInt128 Expected) : Fault
    {
        /// <inheritdoc/>
        public override string Message => Invariant($"the state is cut off: there are {Length} of {Expected} bytes");
    }

    /// <summary>The state was written by a later version of this library.</summary>
    /// <param name="Version">The version of the format found.</param>
    /// <param name="Newest">The newest version that this library reads.</param>
    public sealed record NewerVersion(int Version, int Newest) : Fault
    {
        /// <inheritdoc/>
        public override string Message => Invariant($"the state has format version {Version}; this library reads versions up to {Newest}");
    }

    /// <summary>The bytes are a state, but of another kind.</summary>
    /// <param name="Found">The family found.</param>
    /// <param name="Expected">The family that was asked for.</param>
    public sealed record OtherFamily(StateFamily Found, StateFamily Expected) : Fault
    {
        /// <inheritdoc/>
        public override string Message =>
            Invariant($"the bytes hold a state of the family {Found}; one of the family {Expected} is needed here");
    }

    /// <summary>Bytes were changed since the state was written.</summary>
    /// <param name="Stored">The checksum that the state carries.</param>
    /// <param name="Computed">The checksum of its bytes.</param>
    public sealed record Corrupted(ulong Stored, ulong Computed) : Fault
    {
        /// <inheritdoc/>
        public override string Message =>
            Invariant($"the state is damaged: its checksum is {Stored:x16}, that of its bytes {Computed:x16}");
    }

    /// <summary>The bytes are whole, but no encoder writes them.</summary>
    /// <param name="Problem">What is wrong, as the rest of the sentence.</param>
    /// <param name="Offset">Where it was seen, counted in bytes from the beginning of what was decoded.</param>
    public sealed record Malformed(string Problem, long Offset) : Fault
    {
        /// <inheritdoc/>
        public override string Message => Invariant($"the state is malformed at byte {Offset}: {Problem}");
    }
}
