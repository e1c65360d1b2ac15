namespace TakeItDown.Matching.Content;

/// <summary>Puts the looks at one picture into the content that it is in.</summary>
internal static class PictureLookExtensions
{
    /// <summary>A look at a picture, as one of those at its content.</summary>
    /// <param name="look">The look.</param>
    /// <param name="way">The way in which the picture is looked at.</param>
    /// <param name="part">Which picture of the content it is.</param>
    /// <param name="time">When it is shown; null for anything but a frame.</param>
    public static PictureLook In(this PictureLook look, MatchWays way, int part, TimeSpan? time)
    {
        var ways = look.Way | way;
        return look with { Way = ways == MatchWays.Whole ? ways : ways & ~MatchWays.Whole, Part = part, Time = time };
    }
}
