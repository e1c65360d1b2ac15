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
    /// <param name="luma">Its brightness; scratch afterwards.</param>
    /// <param name="exifOrientation">How a player turns it.</param>
    public static FrameHash Compute(TimeSpan time, LumaPlane luma, int exifOrientation)
    {
        PictureHash? still = null;
        if (luma.Width > LumaPlane.MaximumSide || luma.Height > LumaPlane.MaximumSide)
        {
            using var sampled = luma.Sample();
            still = PictureHash.Compute(sampled, exifOrientation, ScanReason.None);
        }
        return new FrameHash(time, PictureHash.Compute(luma, exifOrientation, ScanReason.None), still);
    }

    /// <summary>What to look up: each orientation of either.</summary>
    public (Orientation? Name, PdqHash Hash)[] ForLookup(bool allOrientations) =>
        Still is null ? Frame.ForLookup(allOrientations) : [.. Frame.ForLookup(allOrientations), .. Still.ForLookup(allOrientations)];
}
