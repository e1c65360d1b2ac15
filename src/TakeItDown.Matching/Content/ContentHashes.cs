namespace TakeItDown.Matching;

/// <summary>The hashes of one piece of content.</summary>
public sealed class ContentHashes
{
    /// <summary>What the content is, told from its bytes.</summary>
    public required MediaKind Media { get; init; }

    /// <summary>How many bytes it has.</summary>
    public required long Length { get; init; }

    /// <summary>MD5, SHA-1 and SHA-256; empty only where the content is over the limit.</summary>
    public required IReadOnlyList<HashValue> Digests { get; init; }

    /// <summary>The PDQ hash of a picture, as stored, whatever its quality; null for anything else, and where it could not be decoded.</summary>
    public PdqResult? Pdq { get; init; }

    /// <summary>The eight turned and mirrored variants, in the order of <see cref="PdqHasher.HashDihedral"/>; empty without a PDQ hash.</summary>
    public IReadOnlyList<PdqHash> Dihedral { get; init; } = [];

    /// <summary>
    /// The frames of a video or an animated picture, by time: those of at least the quality that options ask for, the first of each different
    /// hash; empty for anything else.
    /// </summary>
    public IReadOnlyList<VideoFrame> Frames { get; init; } = [];

    /// <summary>What kept a picture or video from being hashed, or from being hashed whole.</summary>
    public ScanReason Reason { get; init; }

    /// <summary>What the content is, without any hash.</summary>
    public override string ToString() => $"ContentHashes({Media}, {Length} bytes)";
}
