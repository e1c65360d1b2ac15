namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>A digest of one length, as a table holds it.</summary>
internal interface IDigest<TSelf> : IEquatable<TSelf>
    where TSelf : unmanaged, IDigest<TSelf>
{
    /// <summary>Takes a digest from its bytes.</summary>
    static abstract TSelf Read(ReadOnlySpan<byte> bytes);

    /// <summary>A number that every bit of the digest has a say in.</summary>
    ulong Hash(in DigestSeed seed);
}
