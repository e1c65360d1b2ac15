namespace TakeItDown.Matching.Content;

/// <summary>Keeps all that is found in content.</summary>
internal sealed class HashCollector(IProgress<VideoProgress>? progress) : IContentSink
{
    private readonly List<PictureLook> _looks = [];
    private readonly List<ContentGap> _gaps = [];
    private HashValue[] _digests = [];
    private PdqHash[] _dihedral = [];
    private MediaKind _media;
    private long _length;

    public HashKinds DigestKinds => HashKinds.Digests;

    public bool WaitsForTurn => true;

    public IProgress<VideoProgress>? Progress => progress;

    public bool WantsDihedral => true;

    public bool HasEnough => false;

    public void Begin(MediaKind media, long length, ReadOnlySpan<HashValue> digests) => (_media, _length, _digests) = (media, length, digests.ToArray());

    public bool Wants(ContentStage stage) => true;

    public void AddPicture(ReadOnlySpan<PictureLook> looks) => _looks.AddRange(looks);

    public void AddDihedral(ReadOnlySpan<PdqHash> hashes) => _dihedral = hashes.ToArray();

    public void AddFrame(ReadOnlySpan<PictureLook> looks) => _looks.AddRange(looks);

    public void Miss(ContentGap gap) => _gaps.Add(gap);

    public void Finish(ContentStage stage)
    {
        // What was looked at is there; what it comes to is for those who judge.
    }

    /// <summary>All that was found.</summary>
    public ContentHashes Finish(HashSettings settings) => new()
    {
        Settings = settings,
        Media = _media,
        Length = _length,
        Digests = _digests,
        Looks = _looks,
        Gaps = _gaps,
        Dihedral = _dihedral,
    };
}
