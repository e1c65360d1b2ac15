using TakeItDown.Matching.Hashing;
using TakeItDown.Matching.Hashing.Pdq;

namespace TakeItDown.Matching.Video;

/// <summary>The hashes of one frame.</summary>
/// <param name="Time">When it is shown.</param>
/// <param name="Frame">As vPDQ hashes frames, at full size: what lists have of videos.</param>
/// <param name="Still">As PDQ hashes a picture of that size, sampled to 512 x 512: what lists have of pictures. Null where it is the same.</param>
internal readonly record struct FrameHash(TimeSpan Time, PictureHash Frame, PictureHash? Still)
{
    /// <summary>Hashes a frame.</summary>
    /// <param name="time">When it is shown.</param>
    /// <param name="frame">Its pixels, as the file stores them.</param>
    /// <param name="exifOrientation">How a player turns it.</param>
    public static FrameHash Compute(TimeSpan time, PixelBuffer frame, int exifOrientation)
    {
        var still = PdqPicture.NeedsSampling(frame.Width, frame.Height)
            ? PictureHash.Compute(PdqPicture.Sample(frame), exifOrientation, ScanReason.None)
            : null;
        return new FrameHash(time, PictureHash.Compute(PdqPicture.Whole(frame), exifOrientation, ScanReason.None), still);
    }

    /// <summary>What to look up: each orientation of either.</summary>
    public (Orientation? Name, PdqHash Hash)[] ForLookup(bool allOrientations) =>
        Still is null ? Frame.ForLookup(allOrientations) : [.. Frame.ForLookup(allOrientations), .. Still.ForLookup(allOrientations)];
}
