namespace TakeItDown.Matching.Pictures.Pages;

/// <summary>The pages of a TIFF: its chain of directories. A reduced picture, such as a thumbnail in front, is a page like any other.</summary>
internal static class TiffPages
{
    /// <summary>Counts them, up to a number; a loop has that many.</summary>
    public static int Count(ReadOnlySpan<byte> tiff, int most)
    {
        if (tiff.Length < 16) return 0;
        var reader = new TiffReader(tiff);
        var count = 0;
        for (var at = reader.FirstDirectory; at != 0 && count < most; count++)
        {
            // What cannot be read of the last one is for the decoder to say.
            if (!reader.TryReadDirectory(at, out _, out at)) at = 0;
        }
        return count;
    }
}
