using System.Security.Cryptography;

namespace TakeItDown.Matching.Input;

/// <summary>Computes several digests of content in one reading.</summary>
internal sealed class DigestComputer : IDisposable
{
    private readonly List<(HashKind Kind, IncrementalHash Hash)> _hashes = [];

    /// <summary>Starts the digests among <paramref name="kinds"/>.</summary>
    public DigestComputer(HashKinds kinds)
    {
        // MD5 and SHA-1 are what the lists hold: they find known files here and protect nothing.
        Start(HashKind.Md5, HashAlgorithmName.MD5);
        Start(HashKind.Sha1, HashAlgorithmName.SHA1);
        Start(HashKind.Sha256, HashAlgorithmName.SHA256);

        void Start(HashKind kind, HashAlgorithmName algorithm)
        {
            if (kinds.Contains(kind)) _hashes.Add((kind, IncrementalHash.CreateHash(algorithm)));
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var (_, hash) in _hashes) hash.AppendData(bytes);
    }

    /// <summary>The digests of what was appended.</summary>
    public HashValue[] Finish()
    {
        Span<byte> bytes = stackalloc byte[32];
        var values = new HashValue[_hashes.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var length = _hashes[i].Hash.GetHashAndReset(bytes);
            values[i] = HashValue.FromBytes(_hashes[i].Kind, bytes[..length]);
        }
        return values;
    }

    public void Dispose()
    {
        foreach (var (_, hash) in _hashes) hash.Dispose();
    }
}
