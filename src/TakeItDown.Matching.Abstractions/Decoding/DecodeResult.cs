using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>How a decoder fared.</summary>
[JsonConverter(typeof(EnumWordConverter<DecodeStatus>))]
public enum DecodeStatus
{
    /// <summary>The whole picture was delivered.</summary>
    Complete = 0,

    /// <summary>The file ends early; what there was has been delivered.</summary>
    Truncated,

    /// <summary>Part of the file is damaged; what could be read has been delivered.</summary>
    Damaged,

    /// <summary>No picture could be read from the file.</summary>
    Undecodable,

    /// <summary>The sink did not accept the size.</summary>
    OverLimit,

    /// <summary>The file is of a kind that this decoder leaves to another, CMYK for example.</summary>
    Unsupported,
}

/// <summary>How a decoder fared, and which way up the picture is.</summary>
/// <param name="Status">How it fared.</param>
/// <param name="ExifOrientation">
/// The EXIF orientation (1 to 8) by which a viewer turns the stored picture; 1 where there is none or the decoder has applied it already.
/// </param>
public readonly record struct DecodeResult(DecodeStatus Status, int ExifOrientation = 1);
