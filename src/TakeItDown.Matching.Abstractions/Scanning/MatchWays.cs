using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>The ways in which content is looked at. A match names the way, or several together, in which it was found.</summary>
[Flags]
[JsonConverter(typeof(EnumWordConverter<MatchWays>))]
public enum MatchWays
{
    /// <summary>No way.</summary>
    None = 0,

    /// <summary>
    /// The whole content as it is: its bytes, its picture as stored or as displayed, the frames of a video, and hashes that a caller computed. No other way
    /// goes with it.
    /// </summary>
    Whole = 1,

    /// <summary>Turned or mirrored otherwise than stored or displayed, as <c>MatchingOptions.AllOrientations</c> asks for.</summary>
    Turned = 2,

    /// <summary>A page or a frame of a picture file beyond its first.</summary>
    FurtherPages = 4,

    /// <summary>A picture with transparency, laid on white or on black.</summary>
    Backgrounds = 8,
}
