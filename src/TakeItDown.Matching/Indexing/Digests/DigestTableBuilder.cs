using System.Numerics;
using System.Runtime.InteropServices;
using TakeItDown.Matching.Indexing.Memory;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>
/// Fills a <see cref="DigestTable{T}"/>. Each worker reads every digest and keeps those whose hash lies in its range: the
/// ranges fall on slots and filter blocks of their own, so that no two workers write to one.
/// </summary>
internal sealed class DigestTableBuilder<T>
    where T : unmanaged, IDigest<T>
{
    private const int DigestsWorthAWorker = 1 << 16;

    private readonly ChunkedList<DigestSlot<T>> _digests = new();

    /// <summary>How many digests were added.</summary>
    public int Count => _digests.Count;

    public void Add(ReadOnlySpan<byte> digest, int entry) => _digests.Add(new DigestSlot<T> { Digest = T.Read(digest), Owner = entry });

    /// <summary>Builds the table and lets go of the digests.</summary>
    public DigestTable<T> Build(ParallelOptions options)
    {
        DigestTable<T>? table;
        do
        {
            table = TryBuild(options);
        }
        while (table is null);
        _digests.Clear();
        return table;
    }

    private DigestTable<T>? TryBuild(ParallelOptions options)
    {
        // Equal ranges of hashes, slots and filter blocks end together only if their number is a power of two.
        var parts = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(_digests.Count / DigestsWorthAWorker, 1, options.MaxDegreeOfParallelism));
        // Three quarters full.
        var homes = checked((int)((((long)_digests.Count * 4 / 3 / parts) + 1) * parts));
        var seed = DigestSeed.CreateRandom();
        var filter = new DigestFilter(_digests.Count, parts);
        var slots = new AlignedArray<DigestSlot<T>>(homes + Math.Min(_digests.Count, DigestTable<T>.LongestSearch) + 1);
        var rests = new PartRest[parts];
        Parallel.For(0, parts, options, part => rests[part] = FillPart(part, parts, homes, seed, filter, slots, options.CancellationToken));

        var shared = rests.SelectMany(rest => rest.Shared).ToList();
        foreach (var (digest, hash) in rests.SelectMany(rest => rest.Late))
        {
            if (!TryInsert(slots.Span, DigestPlace.Of(hash, homes), slots.Length, digest, shared)) return null;
        }
        return new DigestTable<T>(seed, filter, slots, homes, ListOwners(slots.Span, shared));
    }

    private PartRest FillPart(
        int part, int parts, int homes, DigestSeed seed, DigestFilter filter, AlignedArray<DigestSlot<T>> slots, CancellationToken cancellationToken)
    {
        var rest = new PartRest();
        var end = homes / parts * (part + 1);
        for (var chunk = 0; chunk < _digests.ChunkCount; chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly var digest in _digests.Chunk(chunk))
            {
                var hash = digest.Digest.Hash(in seed);
                if (DigestPlace.Of(hash, parts) != part) continue;
                filter.Add(hash);
                if (!TryInsert(slots.Span, DigestPlace.Of(hash, homes), end, in digest, rest.Shared)) rest.Late.Add((digest, hash));
            }
        }
        return rest;
    }

    private static bool TryInsert(Span<DigestSlot<T>> slots, int home, int end, in DigestSlot<T> digest, List<(int Slot, int Entry)> shared)
    {
        end = Math.Min(end, home + DigestTable<T>.LongestSearch);
        for (var at = home; at < end; at++)
        {
            ref var slot = ref slots[at];
            if (slot.Owner == 0)
            {
                slot = digest;
                slot.Owner++;
                return true;
            }
            if (slot.Digest.Equals(digest.Digest))
            {
                shared.Add((at, digest.Owner));
                return true;
            }
        }
        return false;
    }

    private static IntLists ListOwners(Span<DigestSlot<T>> slots, List<(int Slot, int Entry)> shared)
    {
        var lists = new IntListsBuilder();
        var owners = new List<int>();
        shared.Sort();
        for (var i = 0; i < shared.Count; i++)
        {
            var at = shared[i].Slot;
            if (owners.Count == 0) owners.Add(slots[at].Owner - 1);
            owners.Add(shared[i].Entry);
            if (i + 1 < shared.Count && shared[i + 1].Slot == at) continue;
            owners.Sort();
            var name = lists.Add(CollectionsMarshal.AsSpan(owners));
            slots[at].Owner = name >= 0 ? name + 1 : name;
            owners.Clear();
        }
        return lists.Build();
    }

    /// <summary>What a worker leaves to be done when all are finished.</summary>
    private sealed class PartRest
    {
        /// <summary>Digests whose search runs into the next worker's slots, or too far.</summary>
        public List<(DigestSlot<T> Digest, ulong Hash)> Late { get; } = [];

        /// <summary>Slots whose digest has another entry besides the slot's owner.</summary>
        public List<(int Slot, int Entry)> Shared { get; } = [];
    }
}
