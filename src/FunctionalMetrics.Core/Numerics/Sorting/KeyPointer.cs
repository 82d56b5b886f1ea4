using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>Where keys begin, and the payload that moves with them, if any.</summary>
internal readonly unsafe struct KeyPointer<TKey>(TKey* keys, int* payload)
    where TKey : unmanaged
{
    /// <summary>Two lines of the cache, in bytes.</summary>
    public const int Ahead = 128;

    public readonly TKey* Keys = keys;
    public readonly int* Payload = payload;

    public KeyPointer<TKey> From(int index) => new(Keys + index, Payload == null ? null : Payload + index);

    public void CopyTo(KeyPointer<TKey> other, int length)
    {
        if (Keys == other.Keys)
            return;
        new Span<TKey>(Keys, length).CopyTo(new(other.Keys, length));
        if (Payload != null)
            new Span<int>(Payload, length).CopyTo(new(other.Payload, length));
    }

    public void Sort(int length)
    {
        var keys = new Span<TKey>(Keys, length);
        if (Payload != null)
            keys.Sort(new Span<int>(Payload, length));
        else
            keys.Sort();
    }

    /// <summary>Moves one key to where the next of its kind goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(nint i, KeyPointer<TKey> to, int* next)
    {
        var at = (nint)(uint)(*next)++;
        to.Keys[at] = Keys[i];
        if (Payload != null)
            to.Payload[at] = Payload[i];
    }

    /// <summary>
    /// The same where the kinds are many and their places far apart: the line that comes after the next is fetched, as keys that wait for
    /// one would fill the processor's queue of writes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveFar(nint i, KeyPointer<TKey> to, int* next)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(to.Keys + (nint)(uint)*next + Ahead / sizeof(TKey));
            if (Payload != null)
                Sse.Prefetch0(to.Payload + (nint)(uint)*next + Ahead / sizeof(int));
        }
        Move(i, to, next);
    }
}
