using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>Which way up the uploaded picture had to be turned to match. The seven turns are named as the PDQ reference names them.</summary>
[JsonConverter(typeof(EnumWordConverter<Orientation>))]
public enum Orientation
{
    /// <summary>As the file stores it.</summary>
    AsStored = 0,

    /// <summary>As a viewer shows it, by the file's EXIF orientation.</summary>
    AsDisplayed,

    /// <summary>A quarter turn to the left.</summary>
    Rotate90,

    /// <summary>Half a turn.</summary>
    Rotate180,

    /// <summary>A quarter turn to the right.</summary>
    Rotate270,

    /// <summary>Top and bottom exchanged.</summary>
    FlipX,

    /// <summary>Left and right exchanged.</summary>
    FlipY,

    /// <summary>Mirrored along the main diagonal.</summary>
    FlipPlus1,

    /// <summary>Mirrored along the other diagonal.</summary>
    FlipMinus1,
}
