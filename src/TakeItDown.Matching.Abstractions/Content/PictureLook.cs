namespace TakeItDown.Matching;

/// <summary>One way of looking at a picture in the content, and what is seen: a PDQ hash that is named by its way.</summary>
/// <param name="Hash">The hash.</param>
/// <param name="Quality">0 to 100; null where whoever computed the hash did not say.</param>
/// <param name="Orientation">Which way up; null where whoever computed the hash did not say.</param>
/// <param name="Way">The way, or the ways together, in which it was looked at.</param>
/// <param name="Part">
/// Which picture in the content it is of: 0 is its first or only picture; pages and frames beyond count on. The looks at one picture have the same number.
/// </param>
/// <param name="Time">When a frame is shown; null for anything but a frame.</param>
public readonly record struct PictureLook(
    PdqHash Hash, int? Quality = null, Orientation? Orientation = null, MatchWays Way = MatchWays.Whole, int Part = 0, TimeSpan? Time = null)
{
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
