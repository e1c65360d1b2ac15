namespace TakeItDown.Matching.Pictures;

/// <summary>Where the blocks of a GIF begin and end. Whoever looks for frames and whoever draws them must find the same ones.</summary>
internal static class GifBlocks
{
    /// <summary>The length of what stands before the first colour table.</summary>
    public const int Header = 13;

    /// <summary>The length of what an image begins with.</summary>
    public const int Descriptor = 10;

    /// <summary>What an extension begins with.</summary>
    public const byte Extension = 0x21;

    /// <summary>What an image begins with.</summary>
    public const byte Image = 0x2C;

    /// <summary>Where the first block of a file begins that is at least as long as <see cref="Header"/>.</summary>
    public static int First(ReadOnlySpan<byte> gif) => Math.Min(Header + ColourTable(gif[10]), gif.Length);

    /// <summary>Where the block behind an extension begins.</summary>
    public static int SkipExtension(ReadOnlySpan<byte> gif, int at) => SkipSubBlocks(gif, at + 2L, out _);

    /// <summary>Where the block behind an image begins, of which its whole descriptor is there.</summary>
    /// <param name="gif">The file.</param>
    /// <param name="at">Where the image begins.</param>
    /// <param name="isWhole">Whether it ends as it should.</param>
    public static int SkipImage(ReadOnlySpan<byte> gif, int at, out bool isWhole) =>
        // One more byte: the width of the codes.
        SkipSubBlocks(gif, (long)at + Descriptor + ColourTable(gif[at + 9]) + 1, out isWhole);

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    // A long, since a file of nearly 2 GiB may say that a block ends beyond it.
    private static int SkipSubBlocks(ReadOnlySpan<byte> gif, long at, out bool isWhole)
    {
        isWhole = false;
        while (at < gif.Length && !isWhole)
        {
            var length = gif[(int)at];
            isWhole = length == 0;
            at += length + 1;
        }
        return (int)Math.Min(at, gif.Length);
    }
}
