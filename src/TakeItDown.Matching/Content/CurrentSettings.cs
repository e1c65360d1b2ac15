namespace TakeItDown.Matching.Content;

/// <summary>How closely content is looked at by the options.</summary>
internal static class CurrentSettings
{
    public static HashSettings Of(MatchingOptions options) => new()
    {
        Ways = MatchWays.Whole | MatchWays.FurtherPages | MatchWays.Backgrounds | (options.AllOrientations ? MatchWays.Turned : MatchWays.None),
        MinimumQuality = options.MinimumQuality,
        FrameInterval = options.Video.FrameInterval,
        KeyframesOnly = options.Video.KeyframesOnly,
    };
}
