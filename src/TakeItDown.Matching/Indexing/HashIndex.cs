using System.Numerics;
using System.Runtime.CompilerServices;
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
    public long Bytes => _entries.Bytes + DigestBytes + _pdq.Bytes;

    /// <summary>The memory taken by digests, in bytes.</summary>
    public long DigestBytes => _md5.Bytes + _sha1.Bytes + _sha256.Bytes;

    /// <summary>What is known of an entry.</summary>
    public IndexedEntry GetEntry(int entry) => _entries.Get(entry);

    /// <summary>The listed hash that a PDQ query found.</summary>
    /// <param name="hash">What <see cref="IndexHit.Hash"/> says.</param>
    public PdqHash GetPdq(int hash) => _pdq.Get(hash);

    /// <summary>Adds every entry with exactly one of these digests to <paramref name="hits"/>. Many at once cost less each: their cache misses overlap.</summary>
    /// <param name="digests">The digests, of any kinds; a hash that is none finds nothing.</param>
    /// <param name="hits">Takes an entry once for each of its hashes that is found; <see cref="IndexHit.Query"/> says by which digest.</param>
    /// <param name="limit">The most hits to add, in all: nobody can stop a list from having a million entries for one hash.</param>
    /// <param name="accepts">Says which hits count; the others take no room.</param>
    [SkipLocalsInit]
    public void FindDigests(ReadOnlySpan<HashValue> digests, List<IndexHit> hits, int limit = int.MaxValue, Func<IndexHit, bool>? accepts = null)
    {
        const int Batch = 32;
        var collector = new HitCollector(hits, limit, accepts);
        Span<ulong> hashes = stackalloc ulong[Batch];
        for (var start = 0; start < digests.Length; start += Batch)
        {
            var batch = digests[start..Math.Min(digests.Length, start + Batch)];
            for (var i = 0; i < batch.Length; i++) hashes[i] = Prepare(in batch[i]);
            var possible = 0u;
            for (var i = 0; i < batch.Length; i++) possible |= (MayContain(batch[i].Kind, hashes[i]) ? 1u : 0) << i;
            for (; possible != 0; possible &= possible - 1)
            {
                var i = BitOperations.TrailingZeroCount(possible);
                Search(in batch[i], hashes[i], start + i, collector);
            }
        }
    }

    /// <summary>Adds every entry with a PDQ hash within <paramref name="maximumDistance"/> of any of the queries to <paramref name="hits"/>.</summary>
    /// <param name="queries">The queries: one picture, its variants, or the frames of a video.</param>
    /// <param name="maximumDistance">0 to 256 bits.</param>
    /// <param name="hits">Takes an entry once for each query and each of its different hashes that is near it, in no order.</param>
    /// <param name="limit">The most hits to add, in all: which ones, then, is left open.</param>
    /// <param name="accepts">Says which hits count; the others take no room.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is not within 0 to 256.</exception>
    public void FindPdq(ReadOnlySpan<PdqHash> queries, int maximumDistance, List<IndexHit> hits, int limit = int.MaxValue, Func<IndexHit, bool>? accepts = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDistance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumDistance, PdqHash.BitCount);
        _pdq.Find(queries, maximumDistance, new HitCollector(hits, limit, accepts));
    }

    private ulong Prepare(in HashValue digest) => digest.Kind switch
    {
        HashKind.Md5 => _md5.Prepare(digest.Bytes),
        HashKind.Sha1 => _sha1.Prepare(digest.Bytes),
        HashKind.Sha256 => _sha256.Prepare(digest.Bytes),
        _ => 0,
    };

    private bool MayContain(HashKind kind, ulong hash) => kind switch
    {
        HashKind.Md5 => _md5.MayContain(hash),
        HashKind.Sha1 => _sha1.MayContain(hash),
        HashKind.Sha256 => _sha256.MayContain(hash),
        _ => false,
    };

    private void Search(in HashValue digest, ulong hash, int query, HitCollector hits)
    {
        switch (digest.Kind)
        {
            case HashKind.Md5: _md5.Search(digest.Bytes, hash, query, hits); break;
            case HashKind.Sha1: _sha1.Search(digest.Bytes, hash, query, hits); break;
            case HashKind.Sha256: _sha256.Search(digest.Bytes, hash, query, hits); break;
        }
    }
}
