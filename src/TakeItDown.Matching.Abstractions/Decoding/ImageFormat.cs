using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>The format of a picture, told from its first bytes and never from a file name.</summary>
[JsonConverter(typeof(EnumWordConverter<ImageFormat>))]
public enum ImageFormat
{
    /// <summary>Not a picture format this library knows.</summary>
    Unknown = 0,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>TIFF.</summary>
    Tiff,

    /// <summary>HEIF with HEVC pictures (HEIC).</summary>
    Heif,

    /// <summary>AVIF.</summary>
    Avif,
}
