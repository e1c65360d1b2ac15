namespace TakeItDown.Matching.Content;

/// <summary>Takes what is found in content, as it is found, and says what is still to be looked for.</summary>
internal interface IContentSink
{
    /// <summary>The digests to compute.</summary>
    HashKinds DigestKinds { get; }

    /// <summary>Whether to wait for a turn behind every upload, however many wait.</summary>
    bool WaitsForTurn { get; }

    /// <summary>Who wants to know how far into a video the work has come.</summary>
    IProgress<VideoProgress>? Progress { get; }

    /// <summary>Whether the hashes are wanted that the reference derives from that of a picture.</summary>
    bool WantsDihedral => false;

    /// <summary>Whether there is nothing left to find out.</summary>
    bool HasEnough { get; }

    /// <summary>Takes what the content is, and its digests.</summary>
    /// <param name="media">What it is.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="digests">Its digests; none where it was not read whole.</param>
    void Begin(MediaKind media, long length, ReadOnlySpan<HashValue> digests);

    /// <summary>Whether this stage is to be looked at, once the content has begun.</summary>
    bool Wants(ContentStage stage);

    /// <summary>Takes the looks at a picture, or at a page of one.</summary>
    void AddPicture(ReadOnlySpan<PictureLook> looks);

    /// <summary>Takes the hashes that the reference derives from that of the first picture; asked of those who want them.</summary>
    void AddDihedral(ReadOnlySpan<PdqHash> hashes) => throw new NotSupportedException();

    /// <summary>Takes the looks at a frame, in the order of time.</summary>
    void AddFrame(ReadOnlySpan<PictureLook> looks);

    /// <summary>Notes what could not be looked at.</summary>
    void Miss(ContentGap gap);

    /// <summary>Notes that a stage, and all before it, were looked at; what went wrong was said.</summary>
    void Finish(ContentStage stage);
}
