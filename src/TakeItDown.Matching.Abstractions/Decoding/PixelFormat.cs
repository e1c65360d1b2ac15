namespace TakeItDown.Matching;

/// <summary>How a pixel lies in memory, 8 bits a channel. Alpha is read over and dropped, as the PDQ reference does.</summary>
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
