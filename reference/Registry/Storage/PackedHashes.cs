using TakeItDown.Matching;

namespace Registry.Storage;

/// <summary>An entry's hashes in one blob: for each the byte of its kind, then its bytes. One row an entry keeps large lists quick.</summary>
internal readonly struct PackedHashes(byte[] bytes)
{
    public byte[] Bytes { get; } = bytes;

    public static PackedHashes Pack(IReadOnlyList<HashValue> hashes)
    {
        var bytes = new byte[hashes.Sum(hash => 1 + hash.Bytes.Length)];
        var at = 0;
        foreach (var hash in hashes)
        {
            bytes[at++] = (byte)hash.Kind;
            hash.Bytes.CopyTo(bytes.AsSpan(at));
            at += hash.Bytes.Length;
        }
        return new PackedHashes(bytes);
    }

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in this) count++;
            return count;
        }
    }

    public bool Holds(HashKind kind)
    {
        foreach (var hash in this)
        {
            if (hash.Kind == kind) return true;
        }
        return false;
    }

    public Enumerator GetEnumerator() => new(Bytes);

    public ref struct Enumerator(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public HashValue Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.IsEmpty) return false;
            var kind = (HashKind)_rest[0];
            Current = HashValue.FromBytes(kind, _rest.Slice(1, kind.ByteLength()));
            _rest = _rest[(1 + kind.ByteLength())..];
            return true;
        }
    }
}
