namespace TakeItDown.Matching.Benchmarks.Hashing;

/// <summary>Pictures that every run draws alike: waves at several scales, with a little noise.</summary>
internal static class BenchmarkPicture
{
    public static byte[] Grey(int width, int height)
    {
        var random = new Random(20);
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var wave = Math.Sin(x * 7.0 / width) + Math.Cos(y * 11.0 / height) + Math.Sin((x + y) * 23.0 / width);
                pixels[(y * width) + x] = (byte)Math.Clamp(128 + (40 * wave) + random.Next(-4, 5), 0, 255);
            }
        }
        return pixels;
    }
}
