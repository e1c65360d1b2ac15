namespace TakeItDown.Matching;

/// <summary>One way of looking at a picture in the content, and what is seen: a PDQ hash that is named by its way.</summary>
public readonly record struct PictureLook
{
    /// <summary>The hash.</summary>
    public required PdqHash Hash { get; init; }

    /// <summary>
    /// Which picture in the content it is of: 0 is its first or only picture; pages and frames beyond count on. The looks at one picture have the same number.
    /// </summary>
    public required int Part { get; init; }

    /// <summary>0 to 100; null where whoever computed the hash did not say.</summary>
    public int? Quality { get; init; }

    /// <summary>Which way up; null where whoever computed the hash did not say.</summary>
    public Orientation? Orientation { get; init; }

    /// <summary>The way, or the ways together, in which it was looked at.</summary>
    public required MatchWays Way { get; init; }

    /// <summary>When a frame is shown; null for anything but a frame.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>
    /// Whether it is of 512 x 512 samples of a frame, as the reference hashes pictures with a side over 512; the reference hashes frames of videos at their full
    /// size. False for anything but a frame.
    /// </summary>
    public bool IsSampled { get; init; }

    /// <summary>Whether it is as the picture is stored, with any transparency left out: what a list holds of a picture.</summary>
    public bool IsAsStored => Orientation == Matching.Orientation.AsStored && !IsLaid;

    /// <summary>Whether a transparent picture was laid on white or on black; else its alpha was dropped, as the reference does.</summary>
    public bool IsLaid => Way.HasFlag(MatchWays.Backgrounds);

    /// <summary>Whether there is too little in it to tell it from others.</summary>
    /// <param name="minimumQuality">The quality under which there is, 0 to 100.</param>
    public bool IsTooPlain(int minimumQuality) => Quality < minimumQuality;

    /// <summary>The way it was looked at; never the hash.</summary>
    public override string ToString() => $"PictureLook({Way})";
}
