using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>Where in a row of slots, blocks or parts a hash belongs.</summary>
internal static class DigestPlace
{
    /// <summary>Spreads the upper 32 bits of hashes evenly and in order over 0 to <paramref name="length"/> - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(ulong hash, int length) => (int)(((hash >> 32) * (uint)length) >> 32);
}
