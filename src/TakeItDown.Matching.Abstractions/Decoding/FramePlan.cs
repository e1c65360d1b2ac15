namespace TakeItDown.Matching;

/// <summary>Which frames of a video are hashed.</summary>
/// <param name="Step">Every how many frames one is taken: the reference takes the whole part of interval x rate, at least 1.</param>
/// <param name="Interval">The time between two of them, where the rate is steady.</param>
/// <param name="LongestGap">The time after which one is taken whatever its number: where the rate varies, numbers alone would leave much unseen.</param>
/// <param name="MaximumFrames">The most frames. One more is delivered where there is one, to tell a video that ends there from one that goes on.</param>
/// <param name="KeyframesOnly">Whether keyframes are taken instead, by time.</param>
public sealed record FramePlan(int Step, TimeSpan Interval, TimeSpan LongestGap, int MaximumFrames, bool KeyframesOnly);
