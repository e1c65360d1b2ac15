using TakeItDown.Matching.Pdq;
using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Videos;

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
    /// <param name="allOrientations">Whether it is looked at in all eight orientations.</param>
    /// <param name="scratch">Memory for copies of the frame, kept from frame to frame; null to take some for this one.</param>
    public static FrameHash Compute(TimeSpan time, PixelBuffer frame, int exifOrientation, bool allOrientations, FrameScratch? scratch = null)
    {
        var still = PdqPicture.NeedsSampling(frame.Width, frame.Height) ? PictureHash.Compute(frame, exifOrientation, allOrientations) : null;
        return new FrameHash(time, PictureHash.ComputeWhole(frame, exifOrientation, allOrientations, scratch ?? new FrameScratch()), still);
    }

    /// <summary>Whether it shows anything, judged as it is stored, that no frame before it showed; plain ways of looking at it do not count.</summary>
    /// <param name="seen">What earlier frames showed, each laid on a background or not: of these ways, one may be enforced and the other not.</param>
    /// <param name="minimumQuality">Below it, a way is plain.</param>
    public bool IsNew(HashSet<(PdqHash Hash, bool IsLaid)> seen, int minimumQuality)
    {
        var isNew = false;
        foreach (var look in Frame.Looks) isNew |= look.Orientation == Orientation.AsStored && !look.IsTooPlain(minimumQuality) && seen.Add((look.Hash, look.IsLaid));
        return isNew;
    }

    /// <summary>What to look up: each way of looking at either that is not too plain.</summary>
    public PictureLook[] ForLookup(int minimumQuality) =>
        [.. (Still is null ? Frame.Looks : Frame.Looks.Concat(Still.Looks.Select(static look => look with { IsSampled = true }))).Where(look => !look.IsTooPlain(minimumQuality))];
}
