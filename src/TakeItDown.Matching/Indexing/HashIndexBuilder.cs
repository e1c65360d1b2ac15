using TakeItDown.Matching.Indexing.Digests;
using TakeItDown.Matching.Indexing.Entries;
using TakeItDown.Matching.Indexing.Pdq;

namespace TakeItDown.Matching.Indexing;

/// <summary>Gathers entries and builds an index of them. One use; entries are added on one thread.</summary>
/// <remarks>
/// Memory: besides the index itself, at its peak a build holds every PDQ hash twice, 80 bytes a PDQ hash, each digest once, 20 to 36
/// bytes, and 64 MB for each core. The index in use stays until the new one is published, so a refresh needs the memory of both and this.
/// </remarks>
internal sealed class HashIndexBuilder
{
    private readonly EntryTableBuilder _entries = new();
    private readonly DigestTableBuilder<Digest128> _md5 = new();
    private readonly DigestTableBuilder<Digest160> _sha1 = new();
    private readonly DigestTableBuilder<Digest256> _sha256 = new();
    private readonly PdqIndexBuilder _pdq = new();
    private HashKinds _kinds;
    private long _rejected;

    /// <summary>Adds an entry with all its hashes.</summary>
    public void Add(ListEntry entry)
    {
        var ordinal = _entries.Add(entry, CountFrames(entry));
        foreach (var hash in entry.Hashes)
        {
            if (TryAdd(hash, ordinal)) _kinds |= hash.Kind.ToKinds();
            else _rejected++;
        }
    }

    /// <summary>Builds the index; the builder must not be used afterwards.</summary>
    /// <param name="sparesCore">Whether one core is left to those who look up meanwhile.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public HashIndex Build(bool sparesCore = true, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var cores = sparesCore ? Math.Max(1, Environment.ProcessorCount - 1) : Environment.ProcessorCount;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = cores };
        return new HashIndex(
            _entries.Build(), _md5.Build(options), _sha1.Build(options), _sha256.Build(options), _pdq.Build(options), _kinds, _rejected);
    }

    /// <summary>How many of a video's frames can be told apart: what a share of the video is a share of.</summary>
    private static int CountFrames(ListEntry entry)
    {
        if (entry.Media != MediaKind.Video) return 0;
        var frames = new HashSet<HashValue>();
        foreach (var hash in entry.Hashes)
        {
            if (hash.Kind == HashKind.Pdq && !DegenerateHashes.Contains(PdqHash.FromValue(hash))) frames.Add(hash);
        }
        return frames.Count;
    }

    private bool TryAdd(HashValue hash, int entry)
    {
        if (hash.Kind == HashKind.Pdq)
        {
            var pdq = PdqHash.FromValue(hash);
            if (DegenerateHashes.Contains(pdq)) return false;
            _pdq.Add(pdq, entry);
            return true;
        }
        if (DegenerateHashes.Contains(hash)) return false;
        switch (hash.Kind)
        {
            case HashKind.Md5: _md5.Add(hash.Bytes, entry); return true;
            case HashKind.Sha1: _sha1.Add(hash.Bytes, entry); return true;
            case HashKind.Sha256: _sha256.Add(hash.Bytes, entry); return true;
            default: return false;
        }
    }
}
