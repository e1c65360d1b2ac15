using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>What there is to know of a verdict other than <see cref="Verdict.Match"/>.</summary>
[JsonConverter(typeof(EnumWordConverter<ScanReason>))]
public enum ScanReason
{
    /// <summary>There is nothing to explain.</summary>
    None = 0,

    /// <summary>No list has ever been read completely.</summary>
    NeverSynced,

    /// <summary>A list is older than allowed.</summary>
    Stale,

    /// <summary>The content has no bytes.</summary>
    Empty,

    /// <summary>The content has more bytes than allowed; nothing was checked.</summary>
    TooManyBytes,

    /// <summary>The content is neither a picture nor a video that this library reads.</summary>
    UnknownFormat,

    /// <summary>
    /// No decoder for the format is installed; or, of a HEIF or AVIF, none that can tell how many pictures the file holds. The first was looked at then.
    /// </summary>
    NoDecoder,

    /// <summary>The picture or video is damaged.</summary>
    Damaged,

    /// <summary>The file ends before the picture or video does.</summary>
    Truncated,

    /// <summary>The header promises more pixels than allowed, or decoding would take more memory than allowed.</summary>
    TooManyPixels,

    /// <summary>The picture, or every frame of the video, is too plain for PDQ to tell it from others.</summary>
    TooPlain,

    /// <summary>The scan took longer than allowed.</summary>
    TimedOut,

    /// <summary>Too many scans were under way.</summary>
    Busy,

    /// <summary>The video is longer than allowed; what was looked at, its beginning, is on no list.</summary>
    TooLong,

    /// <summary>
    /// Every list is switched off or only reported, or this content is outside the share of traffic that each takes: nothing decides over it.
    /// </summary>
    NoListInUse,

    /// <summary>
    /// The content matches an entry that is in quarantine, because it matched far more uploads than expected. See
    /// <see cref="ScanResult.Quarantined"/>.
    /// </summary>
    Quarantined,

    /// <summary>
    /// The picture has more pages, or its movement more frames, than are looked at: over 64 pages, or frames that would take seconds to look at and are
    /// not mostly shown in 64 of them. What was looked at is on no list.
    /// </summary>
    TooManyFrames,

    /// <summary>The video has more than one video track; what was looked at, its first, is on no list.</summary>
    OtherTracks,

    /// <summary>
    /// The hashes were computed with less than the options ask for now: without a way of looking, a kind of digest, or as many frames. Hash the content again.
    /// What there is, is on no list.
    /// </summary>
    NotLookedAt,
}
