namespace TakeItDown.Matching;

/// <summary>
/// The hashes of one piece of content, each named by the way it was looked at, and what could not be looked at. It is all that judging the content takes:
/// <see cref="IContentScanner.Scan(ContentHashes, ScanOptions?)"/> answers as a scan of the content itself would. It holds hashes: keep it as secret as a list.
/// </summary>
public sealed class ContentHashes
{
    /// <summary>What the content is, told from its bytes.</summary>
    public required MediaKind Media { get; init; }

    /// <summary>How many bytes it has; where it was over the limit, how many were read.</summary>
    public required long Length { get; init; }

    /// <summary>How closely the content was looked at.</summary>
    public required HashSettings Settings { get; init; }

    /// <summary>MD5, SHA-1 and SHA-256; empty where the content was not read whole.</summary>
    public required IReadOnlyList<HashValue> Digests { get; init; }

    /// <summary>
    /// The PDQ hashes: of a picture, whatever their quality, page after page, as stored first; of frames, by time, those of at least the quality that
    /// options ask for, of each different hash the first.
    /// </summary>
    public IReadOnlyList<PictureLook> Looks { get; init; } = [];

    /// <summary>What could not be looked at, in the order in which it was met.</summary>
    public IReadOnlyList<ContentGap> Gaps { get; init; } = [];

    /// <summary>
    /// The hashes that the reference derives from the one of a picture as stored for its eight orientations, in the order of
    /// <c>PdqHasher.HashDihedral</c>: for lists whose readers look up one hash only. They lie 12 to 18 bits from those of a picture that is turned, so that
    /// a scan does not use them. Empty without a picture.
    /// </summary>
    public IReadOnlyList<PdqHash> Dihedral { get; init; } = [];

    /// <summary>The PDQ hash of a picture as stored, whatever its quality; null for anything else, and where it could not be decoded.</summary>
    public PdqResult? Pdq
    {
        get
        {
            foreach (var look in Looks)
            {
                if (look is { Part: 0, Time: null, IsAsStored: true }) return new PdqResult(look.Hash, look.Quality ?? 0);
            }
            return null;
        }
    }

    /// <summary>The frames of a video or a moving picture as they are stored, by time; empty for anything else.</summary>
    public IReadOnlyList<VideoFrame> Frames => field ??=
        [.. Looks.Where(static look => look is { Time: not null, IsAsStored: true, IsSampled: false }).DistinctBy(static look => look.Part)
            .Select(static look => new VideoFrame(look.Time!.Value, look.Hash, look.Quality ?? 0))];

    /// <summary>What kept the content from being looked at whole; none if nothing did. The first of <see cref="Gaps"/>.</summary>
    public ScanReason Reason => Gaps.Count == 0 ? ScanReason.None : Gaps[0].Reason;

    /// <summary>What the content is, without any hash.</summary>
    public override string ToString() => $"ContentHashes({Media}, {Length} bytes)";
}
