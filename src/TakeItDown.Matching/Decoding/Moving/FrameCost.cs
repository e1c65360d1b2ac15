using TakeItDown.Matching.Hashing.Pdq;

namespace TakeItDown.Matching.Decoding.Moving;

/// <summary>
/// What looking at frames costs, in nanoseconds of a 2023 server core, measured with files made to be slow. It decides how many are looked at; it is no
/// clock, so that every machine decides alike.
/// </summary>
internal static class FrameCost
{
    /// <summary>The most work for one moving picture: four seconds.</summary>
    public const double Limit = 4e9;

    // Setting up a decoder for a still of its own.
    private const double EachDecode = 2_000_000;

    // A look at 512 x 512 samples, where a side is longer; and at every pixel.
    private const double EachSampled = 700_000;
    private const double EachHash = 150_000;
    private const double HashedPixel = 5;

    // Drawing a pixel on the canvas.
    private const double DrawnPixel = 2;

    /// <summary>Decoding a frame and drawing it.</summary>
    public static double Decoding(MovingPicture picture, MovingFrame frame) => EachDecode + (frame.Pixels * (DrawnPixel + DecodedPixel(picture.StillFormat)));

    /// <summary>Hashing the canvas.</summary>
    public static double Hashing(MovingPicture picture)
    {
        var sampled = PdqPicture.NeedsSampling(picture.Width, picture.Height) ? EachSampled : 0;
        return EachHash + sampled + ((double)picture.Width * picture.Height * HashedPixel);
    }

    private static double DecodedPixel(ImageFormat format) => format switch
    {
        ImageFormat.Gif => 8,
        ImageFormat.Png => 15,
        _ => 25,
    };
}
