namespace TakeItDown.Matching;

/// <summary>How closely content was looked at when it was hashed. Who asks for more later has to hash it again.</summary>
public sealed record HashSettings
{
    /// <summary>Every way in which the content was looked at.</summary>
    public required MatchWays Ways { get; init; }

    /// <summary>The quality, 0 to 100, under which frames were left out.</summary>
    public required int MinimumQuality { get; init; }

    /// <summary>How far apart the frames of a video are that were looked at.</summary>
    public required TimeSpan FrameInterval { get; init; }

    /// <summary>Whether only the keyframes of a video were looked at.</summary>
    public required bool KeyframesOnly { get; init; }

    /// <summary>Whether it was looked at as closely as this, or more.</summary>
    public bool Covers(HashSettings wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return (wanted.Ways & ~Ways) == MatchWays.None && MinimumQuality <= wanted.MinimumQuality && FrameInterval <= wanted.FrameInterval
            && (wanted.KeyframesOnly || !KeyframesOnly);
    }
}
