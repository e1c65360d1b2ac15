using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>How a decoder of videos fared.</summary>
[JsonConverter(typeof(EnumWordConverter<VideoDecodeStatus>))]
public enum VideoDecodeStatus
{
    /// <summary>Every frame that was asked for was delivered, or the sink had seen enough.</summary>
    Complete = 0,

    /// <summary>The file ends early; the frames before that have been delivered.</summary>
    Truncated,

    /// <summary>Part of the file is damaged; the frames that could be read have been delivered.</summary>
    Damaged,

    /// <summary>Nothing could be read from the file.</summary>
    Undecodable,

    /// <summary>The container can be read, and there is no video in it.</summary>
    NoVideo,

    /// <summary>The sink did not accept the size, or the frames take too much memory.</summary>
    OverLimit,

    /// <summary>There are more frames than can be afforded.</summary>
    TooManyFrames,

    /// <summary>The file is of a kind that this decoder leaves to another.</summary>
    Unsupported,
}
