using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TakeItDown.Matching;

/// <summary>What a store knows of a list.</summary>
/// <param name="Cursor">Where the next read goes on from.</param>
/// <param name="CompleteThrough">The instant up to which the list is complete; null if a first read never ended.</param>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Position">Where the list stands, 1 or more: it grows with every change, by one or more.</param>
/// <param name="Generation">The highest <see cref="StoreChange.Generation"/> that was applied.</param>
public sealed record StoredList(string Cursor, DateTimeOffset? CompleteThrough, long Entries, long Position, long Generation)
{
    /// <summary>
    /// A position at which to begin a list, at random, so that a position of a store that was lost and begun anew is not taken for one of the new store's.
    /// </summary>
    /// <returns>1 or more, and so far from the largest number that no list ever comes there.</returns>
    public static long BeginPosition()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        return (BinaryPrimitives.ReadInt64LittleEndian(bytes) >>> 2) + 1;
    }
}
