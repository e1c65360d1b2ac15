using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>A digest and who has it: an entry while a list is gathered; see <see cref="DigestTable{T}"/> for the rest.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct DigestSlot<T>
    where T : unmanaged
{
    public T Digest;
    public int Owner;
}
