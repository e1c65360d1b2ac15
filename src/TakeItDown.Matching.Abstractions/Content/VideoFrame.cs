namespace TakeItDown.Matching;

/// <summary>A frame of a video and its vPDQ hash.</summary>
/// <param name="Time">When it is shown.</param>
/// <param name="Hash">The PDQ hash of the frame at its full size, as it is stored.</param>
/// <param name="Quality">0 to 100.</param>
public readonly record struct VideoFrame(TimeSpan Time, PdqHash Hash, int Quality)
{
    /// <summary>When it is shown; never the hash.</summary>
    public override string ToString() => $"VideoFrame({Time})";
}
