using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>What frames come in: the container of a video, or a picture that moves; told from the first bytes and never from a file name.</summary>
[JsonConverter(typeof(EnumWordConverter<VideoFormat>))]
public enum VideoFormat
{
    /// <summary>Nothing that moves, or nothing known.</summary>
    None = 0,

    /// <summary>MP4, QuickTime, 3GP, and AVIF sequences.</summary>
    QuickTime,

    /// <summary>Matroska, WebM.</summary>
    Matroska,

    /// <summary>AVI.</summary>
    Avi,

    /// <summary>Flash video.</summary>
    Flv,

    /// <summary>Ogg.</summary>
    Ogg,

    /// <summary>ASF, WMV.</summary>
    Asf,

    /// <summary>MPEG program stream.</summary>
    MpegProgram,

    /// <summary>MPEG-1 or MPEG-2 video without a container.</summary>
    MpegVideo,

    /// <summary>MPEG transport stream.</summary>
    MpegTransport,

    /// <summary>Animated GIF.</summary>
    Gif,

    /// <summary>Animated WebP.</summary>
    WebP,

    /// <summary>Animated PNG.</summary>
    Apng,
}
