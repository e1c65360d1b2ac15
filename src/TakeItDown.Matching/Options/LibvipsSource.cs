using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>Which libvips decodes pictures, where there is more than one.</summary>
[JsonConverter(typeof(EnumWordConverter<LibvipsSource>))]
public enum LibvipsSource
{
    /// <summary>
    /// The system's, where it is 8.13 or later and reads HEIC; else the application's, which <c>TakeItDown.Matching.Vips</c> brings and which reads no HEIC;
    /// else the system's again. So no host loses HEIC by the package.
    /// </summary>
    Automatic = 0,

    /// <summary>The system's, and no other.</summary>
    System,

    /// <summary>The one that lies with the application, and no other.</summary>
    Application,
}
