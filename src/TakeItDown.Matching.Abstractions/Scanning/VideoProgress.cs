namespace TakeItDown.Matching;

/// <summary>How far into a video the work has come.</summary>
/// <param name="Done">The time of the last frame that was looked at.</param>
/// <param name="Total">How long the video is; null where its header does not say.</param>
public readonly record struct VideoProgress(TimeSpan Done, TimeSpan? Total);
