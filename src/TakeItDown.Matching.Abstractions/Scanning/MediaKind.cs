using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>What content is, told from its bytes.</summary>
[JsonConverter(typeof(EnumWordConverter<MediaKind>))]
public enum MediaKind
{
    /// <summary>Neither a picture nor a video that this library knows.</summary>
    Other = 0,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>A video.</summary>
    Video,
}
