using System.Runtime.CompilerServices;
using TakeItDown.Matching.Indexing.Memory;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>
/// A Bloom filter in blocks of half a cache line: a digest sets eight bits of one block, so a single miss in the cache says "surely
/// absent" of nearly every upload. At 12 bits a digest, about one absent digest in 200 goes on to the table.
/// </summary>
internal sealed class DigestFilter
{
    private const int BitsPerDigest = 12;

    private readonly AlignedArray<uint> _words;
    private readonly int _blocks;

    /// <param name="digests">How many digests it is to hold.</param>
    /// <param name="parts">Into how many equal ranges of hashes it must divide without a block in two of them.</param>
    public DigestFilter(int digests, int parts)
    {
        var blocks = ((long)digests * BitsPerDigest / (FilterKernels.BlockWords * 32)) + 1;
        blocks = (blocks + parts - 1) / parts * parts;
        _blocks = checked((int)blocks);
        _words = new AlignedArray<uint>(checked((int)blocks * FilterKernels.BlockWords));
    }

    /// <summary>The memory taken, in bytes.</summary>
    public long Bytes => _words.Bytes;

    /// <summary>Adds a digest by its hash. Threads may add at once if each keeps to ranges of hashes of its own.</summary>
    public void Add(ulong hash) => FilterKernels.Add(ref Block(hash), (uint)hash);

    /// <summary>False if the digest was surely never added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayContain(ulong hash) => FilterKernels.Contains(ref Block(hash), (uint)hash);

    /// <summary>Starts to load what <see cref="MayContain"/> will read.</summary>
    public void Prefetch(ulong hash) => Memory.Prefetch.Line(ref Block(hash));

    // The upper half chooses the block, the lower one the bits in it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref uint Block(ulong hash) => ref Unsafe.Add(ref _words.First, (nint)DigestPlace.Of(hash, _blocks) * FilterKernels.BlockWords);
}
