using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching.Tool;

/// <summary>Hashes one drawn picture by every kernel, against the hash that the reference implementation gives.</summary>
internal static class SelfTest
{
    private const int Side = 256;

    // What the C++ reference implementation gives for these pixels.
    private const string Expected = "b13a09c3156e312acc6fafc12ad0731b77910ea4019c399cc7d2dffeaeef0023";
    private const int ExpectedQuality = 100;

    public static bool KernelsAgree()
    {
        var pixels = Draw();
        var expected = new PdqResult(PdqHash.TryParse(Expected, out var hash) ? hash : default, ExpectedQuality);
        return PdqKernel.Table.Where(kernel => kernel.IsSupported)
            .All(kernel => kernel.Run.Hash(new PixelBuffer(pixels, Side, Side, PixelFormat.Grey8)) == expected);
    }

    /// <summary>Integers only, so that every machine draws the same: overlapping circles and a checkerboard.</summary>
    private static byte[] Draw()
    {
        var pixels = new byte[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var circles = ((x - 70) * (x - 70)) + ((y - 90) * (y - 90)) < 3600 ? 90 : 0;
                circles += ((x - 170) * (x - 170)) + ((y - 150) * (y - 150)) < 6400 ? 70 : 0;
                pixels[(y * Side) + x] = (byte)(circles + (((x / 37) + (y / 23)) % 2 * 60) + (x / 8));
            }
        }
        return pixels;
    }
}
