namespace TakeItDown.Matching.Pictures;

/// <summary>One way of looking at a picture, and what is seen.</summary>
/// <param name="Orientation">Which way up; null where whoever computed the hash did not say.</param>
/// <param name="Hash">The hash.</param>
/// <param name="Quality">0 to 100; null where whoever computed the hash did not say.</param>
/// <param name="IsLaid">Whether a transparent picture was laid on white or on black; else its alpha was dropped, as the reference does.</param>
internal readonly record struct PictureLook(Orientation? Orientation, PdqHash Hash, int? Quality = null, bool IsLaid = false)
{
    /// <summary>The ways, beside that of the content, in which it was looked at.</summary>
    public MatchWays Ways =>
        (Orientation is null or Matching.Orientation.AsStored or Matching.Orientation.AsDisplayed ? MatchWays.None : MatchWays.Turned)
        | (IsLaid ? MatchWays.Backgrounds : MatchWays.None);

    /// <summary>Whether there is too little in it to tell it from others.</summary>
    public bool IsTooPlain(int minimumQuality) => Quality < minimumQuality;
}
