namespace TakeItDown.Matching.Indexing;

/// <summary>Hashes that say nothing of a picture, and would match by accident what has nothing in common with it.</summary>
internal static class DegenerateHashes
{
    // PDQ sets a bit for each of 256 frequencies above their median, so the hash of a picture has about 128 bits set: 112 to 142 over
    // the 1,450 hashes that the authors of PDQ publish for testing, altered ones among them. It has far fewer only where frequencies
    // tie, which is where there is hardly a picture: 0 for one colour, 56 to 72 for a plain JPEG. Such hashes are few bits apart,
    // whatever they come from. The bounds lie between the two; the upper one mirrors the lower, for hashes that nothing computes.
    private const int FewestBits = 128 - 48;
    private const int MostBits = 128 + 48;

    // The digests of no bytes at all.
    private static readonly HashValue EmptyMd5 = Parse(HashKind.Md5, "d41d8cd98f00b204e9800998ecf8427e");
    private static readonly HashValue EmptySha1 = Parse(HashKind.Sha1, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    private static readonly HashValue EmptySha256 = Parse(HashKind.Sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /// <summary>Whether a PDQ hash is that of hardly a picture.</summary>
    public static bool Contains(PdqHash hash) => hash.PopCount is < FewestBits or > MostBits;

    /// <summary>Whether a digest is that of an empty file, or zero: what broken software sends instead of one.</summary>
    public static bool Contains(HashValue digest) =>
        digest == EmptyMd5 || digest == EmptySha1 || digest == EmptySha256 || !digest.Bytes.ContainsAnyExcept((byte)0);

    private static HashValue Parse(HashKind kind, string hex) => HashValue.FromBytes(kind, Convert.FromHexString(hex));
}
