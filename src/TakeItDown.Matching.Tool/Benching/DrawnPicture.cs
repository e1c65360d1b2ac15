namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Pictures that every run draws alike: waves at several scales, blocks with edges, and the noise of a camera.</summary>
internal static class DrawnPicture
{
    /// <summary>One byte a pixel.</summary>
    public static byte[] Grey(int width, int height, int seed = 1) => Draw(width, height, seed, [1]);

    /// <summary>Three bytes a pixel: red, green, blue.</summary>
    public static byte[] Rgb(int width, int height, int seed = 1) => Draw(width, height, seed, [1, 0.8, -0.7]);

    private static byte[] Draw(int width, int height, int seed, ReadOnlySpan<double> contrasts)
    {
        var across = Waves(width, 7 + seed, 61);
        var down = Waves(height, 11, 43 + seed);
        var aslant = Waves(width + height, 23, 150);
        var pixels = new byte[width * height * contrasts.Length];
        var (at, noise) = (0, (uint)seed);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                noise = (noise * 1_664_525) + 1_013_904_223;
                var blocks = ((x * 13 / width) + (y * 9 / height)) % 3 * 20;
                var wave = across[x] + down[y] + aslant[x + y] + blocks;
                var grain = (int)(noise >> 28) - 8;
                foreach (var contrast in contrasts) pixels[at++] = (byte)Math.Clamp((int)(110 + (contrast * wave)) + grain, 0, 255);
            }
        }
        return pixels;
    }

    private static double[] Waves(int length, int slow, int fast) =>
        [.. Enumerable.Range(0, length).Select(i => (30 * Math.Sin((double)i * slow / length)) + (6 * Math.Cos((double)i * fast / length)))];
}
