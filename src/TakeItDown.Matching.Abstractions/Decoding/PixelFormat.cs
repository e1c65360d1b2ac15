using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>
/// How a pixel lies in memory, 8 bits a channel. Alpha is not premultiplied; 255 is opaque. A PDQ hash drops it, as the reference does; a scan looks at
/// a picture that is not opaque on white and on black as well.
/// </summary>
[JsonConverter(typeof(EnumWordConverter<PixelFormat>))]
public enum PixelFormat
{
    /// <summary>One byte: brightness.</summary>
    Grey8,

    /// <summary>Three bytes: red, green, blue.</summary>
    Rgb24,

    /// <summary>Four bytes: red, green, blue, alpha.</summary>
    Rgba32,

    /// <summary>Four bytes: blue, green, red, alpha.</summary>
    Bgra32,
}
