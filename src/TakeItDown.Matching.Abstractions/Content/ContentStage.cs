using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>How far into content a look goes.</summary>
[JsonConverter(typeof(EnumWordConverter<ContentStage>))]
public enum ContentStage
{
    /// <summary>The bytes, whatever they are.</summary>
    Bytes = 0,

    /// <summary>The picture of a picture file, or its first one.</summary>
    Picture,

    /// <summary>The pages of a picture file beyond the first.</summary>
    Pages,

    /// <summary>The frames of a video or a moving picture.</summary>
    Frames,
}
