using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching.Videos.Moving;

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

    // Turning a pixel, or laying it on a background.
    private const double CopiedPixel = 5;

    // A transparent picture is looked at without its alpha, on white and on black.
    private const int Backgrounds = 3;

    // Drawing a pixel on the canvas.
    private const double DrawnPixel = 2;

    /// <summary>Decoding a frame and drawing it.</summary>
    public static double Decoding(MovingPicture picture, MovingFrame frame) => EachDecode + (frame.Pixels * (DrawnPixel + DecodedPixel(picture.StillFormat)));

    /// <summary>Hashing the canvas, in every way in which it is looked at.</summary>
    /// <param name="picture">What its container says.</param>
    /// <param name="allOrientations">Whether it is looked at in all eight orientations.</param>
    public static double Hashing(MovingPicture picture, bool allOrientations = false)
    {
        var orientations = allOrientations ? PdqHasher.DihedralCount : picture.ExifOrientation == 1 ? 1 : 2;
        var looks = orientations * (picture.MayBeTransparent ? Backgrounds : 1);
        var sampled = PdqPicture.NeedsSampling(picture.Width, picture.Height) ? EachSampled : 0;
        var pixels = (double)picture.Width * picture.Height;
        // The first look is at the canvas itself; each of the others takes a copy.
        return (looks * (EachHash + sampled + (pixels * HashedPixel))) + ((looks - 1) * pixels * CopiedPixel);
    }

    private static double DecodedPixel(ImageFormat format) => format switch
    {
        ImageFormat.Gif => 8,
        ImageFormat.Png => 15,
        _ => 25,
    };
}
