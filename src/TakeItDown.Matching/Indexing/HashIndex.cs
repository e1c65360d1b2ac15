using TakeItDown.Matching.Indexing.Digests;
using TakeItDown.Matching.Indexing.Entries;
using TakeItDown.Matching.Indexing.Pdq;

namespace TakeItDown.Matching.Indexing;

/// <summary>The hashes of one list, immutable: lookups need no lock, and a refresh builds another index.</summary>
internal sealed class HashIndex
{
    private readonly EntryTable _entries;
    private readonly DigestTable<Digest128> _md5;
    private readonly DigestTable<Digest160> _sha1;
    private readonly DigestTable<Digest256> _sha256;
    private readonly PdqIndex _pdq;

    internal HashIndex(
        EntryTable entries, DigestTable<Digest128> md5, DigestTable<Digest160> sha1, DigestTable<Digest256> sha256, PdqIndex pdq,
        HashKinds kinds, long rejected)
    {
        (_entries, _md5, _sha1, _sha256, _pdq) = (entries, md5, sha1, sha256, pdq);
        Kinds = kinds;
        RejectedHashes = rejected;
    }

    /// <summary>An index of nothing.</summary>
    public static HashIndex Empty { get; } = new HashIndexBuilder().Build();

    /// <summary>The kinds of hash that at least one entry has, rejected ones apart.</summary>
    public HashKinds Kinds { get; }

    /// <summary>How many entries there are.</summary>
    public int EntryCount => _entries.Count;

    /// <summary>How many hashes were left out because they would match by accident.</summary>
    public long RejectedHashes { get; }

    /// <summary>The memory taken, in bytes.</summary>
    public long Bytes => _entries.Bytes + _md5.Bytes + _sha1.Bytes + _sha256.Bytes + _pdq.Bytes;

    /// <summary>What is known of an entry.</summary>
    public IndexedEntry GetEntry(int entry) => _entries.Get(entry);

    /// <summary>Adds every entry with exactly this digest to <paramref name="hits"/>.</summary>
    /// <param name="digest">A digest of any kind; a hash that is none finds nothing.</param>
    /// <param name="hits">Takes an entry once for each of its hashes that is found.</param>
    /// <param name="limit">The most hits to add: nobody can stop a list from having a million entries for one hash.</param>
    public void FindDigest(HashValue digest, List<IndexHit> hits, int limit = int.MaxValue) => FindDigest(digest, 0, new HitCollector(hits, limit));

    /// <summary>The same for several digests at once: their cache misses overlap.</summary>
    /// <param name="digests">The digests, of any kinds.</param>
    /// <param name="hits">Takes the entries; <see cref="IndexHit.Query"/> says for which digest.</param>
    /// <param name="limit">The most hits to add, in all.</param>
    public void FindDigests(ReadOnlySpan<HashValue> digests, List<IndexHit> hits, int limit = int.MaxValue)
    {
        const int Batch = 32;
        var collector = new HitCollector(hits, limit);
        for (var start = 0; start < digests.Length; start += Batch)
        {
            var end = Math.Min(digests.Length, start + Batch);
            for (var query = start; query < end; query++) Prefetch(digests[query]);
            for (var query = start; query < end; query++) FindDigest(digests[query], query, collector);
        }
    }

    /// <summary>Adds every entry with a PDQ hash within <paramref name="maximumDistance"/> of any of the queries to <paramref name="hits"/>.</summary>
    /// <param name="queries">The queries: one picture, its variants, or the frames of a video.</param>
    /// <param name="maximumDistance">0 to 256 bits.</param>
    /// <param name="hits">Takes an entry once for each query and each of its different hashes that is near it, in no order.</param>
    /// <param name="limit">The most hits to add, in all: which ones, then, is left open.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is not within 0 to 256.</exception>
    public void FindPdq(ReadOnlySpan<PdqHash> queries, int maximumDistance, List<IndexHit> hits, int limit = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDistance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumDistance, PdqHash.BitCount);
        _pdq.Find(queries, maximumDistance, new HitCollector(hits, limit));
    }

    private void FindDigest(in HashValue digest, int query, HitCollector hits)
    {
        switch (digest.Kind)
        {
            case HashKind.Md5: _md5.Find(digest.Bytes, query, hits); break;
            case HashKind.Sha1: _sha1.Find(digest.Bytes, query, hits); break;
            case HashKind.Sha256: _sha256.Find(digest.Bytes, query, hits); break;
        }
    }

    private void Prefetch(in HashValue digest)
    {
        switch (digest.Kind)
        {
            case HashKind.Md5: _md5.Prefetch(digest.Bytes); break;
            case HashKind.Sha1: _sha1.Prefetch(digest.Bytes); break;
            case HashKind.Sha256: _sha256.Prefetch(digest.Bytes); break;
        }
    }
}
