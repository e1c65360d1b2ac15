using System.Runtime.InteropServices;
using TakeItDown.Matching.Indexing.Memory;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>Gathers PDQ hashes and builds a <see cref="PdqIndex"/>.</summary>
internal sealed class PdqIndexBuilder
{
    private const int Parts = 256;

    private readonly ChunkedList<PdqEntry> _entries = new();

    public void Add(PdqHash hash, int entry) => _entries.Add(new PdqEntry(hash, entry));

    /// <summary>Builds the index and lets go of the hashes.</summary>
    /// <param name="options">How many threads, and whether to go on.</param>
    /// <param name="bands">How many bands, 0 for a list to scan; null for what suits the number of different hashes.</param>
    public PdqIndex Build(ParallelOptions options, int? bands = null)
    {
        var (hashes, owners, lists) = Unite(Sort(options));
        return new PdqIndex(hashes, owners, lists, BuildBands(bands ?? PdqIndex.ChooseBands(hashes.Length), hashes, options));
    }

    private static PdqBand[] BuildBands(int bands, AlignedArray<PdqHash> hashes, ParallelOptions options)
    {
        var divided = bands == 0 ? [] : PdqBandBits.Divide(bands);
        var built = new PdqBand[bands];
        Parallel.For(
            0, bands, options,
            () => new int[1 << divided[0].Width],
            (band, _, counts) =>
            {
                built[band] = PdqBandBuilder.Build(divided[band], hashes.Span, counts, options.CancellationToken);
                return counts;
            },
            _ => { });
        return built;
    }

    // Equal hashes come to stand together. Sorting is bounded whatever the hashes are, and faster in parts that fit a cache.
    private PdqEntry[] Sort(ParallelOptions options)
    {
        var starts = new int[Parts + 1];
        for (var chunk = 0; chunk < _entries.ChunkCount; chunk++)
        {
            foreach (ref readonly var entry in _entries.Chunk(chunk)) starts[PartOf(in entry) + 1]++;
        }
        for (var part = 0; part < Parts; part++) starts[part + 1] += starts[part];

        var sorted = GC.AllocateUninitializedArray<PdqEntry>(_entries.Count);
        var cursors = starts[..Parts];
        for (var chunk = 0; chunk < _entries.ChunkCount; chunk++)
        {
            foreach (ref readonly var entry in _entries.Chunk(chunk)) sorted[cursors[PartOf(in entry)]++] = entry;
        }
        _entries.Clear();
        Parallel.For(0, Parts, options, part => sorted.AsSpan(starts[part]..starts[part + 1]).Sort());
        return sorted;
    }

    private static int PartOf(ref readonly PdqEntry entry)
    {
        var (_, _, _, highest) = entry.Hash;
        return (int)(highest >> 56);
    }

    private static (AlignedArray<PdqHash> Hashes, int[] Owners, IntLists Lists) Unite(PdqEntry[] sorted)
    {
        var distinct = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i].Hash != sorted[i - 1].Hash) distinct++;
        }

        var hashes = new AlignedArray<PdqHash>(distinct);
        var owners = new int[distinct];
        var lists = new IntListsBuilder();
        var entries = new List<int>();
        var at = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            entries.Add(sorted[i].Entry);
            if (i + 1 < sorted.Length && sorted[i + 1].Hash == sorted[i].Hash) continue;
            hashes.Span[at] = sorted[i].Hash;
            owners[at++] = lists.Add(CollectionsMarshal.AsSpan(entries));
            entries.Clear();
        }
        return (hashes, owners, lists.Build());
    }
}
