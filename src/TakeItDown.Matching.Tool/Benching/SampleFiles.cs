using System.Globalization;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Tool.Input;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Files to measure with: the platform's own, or JPEGs drawn in sizes that uploads have.</summary>
internal static class SampleFiles
{
    private const int MostFiles = 64;
    private const int MostBytes = 64 << 20;
    private static readonly (int Width, int Height, int Count)[] DrawnSizes = [(640, 480, 6), (1024, 768, 6), (1600, 1200, 3), (4032, 3024, 1)];

    /// <summary>As many files of a directory as can be scanned in a few seconds, taken evenly from all.</summary>
    public static string[] Choose(DirectoryInfo directory)
    {
        string[] all = [.. PathWalker.Expand([directory.FullName]).Select(found => found.Path).Where(RegularFile.Is)];
        var count = Math.Min(all.Length, MostFiles);
        return [.. Enumerable.Range(0, count).Select(i => all[(long)i * all.Length / count])];
    }

    /// <summary>The JPEG among them that is nearest in size; null if none has at least half and at most twice as many pixels.</summary>
    public static byte[]? FindJpeg(DirectoryInfo? directory, int pixels)
    {
        if (directory is null) return null;
        byte[]? nearest = null;
        var smallest = 2.0;
        foreach (var path in Choose(directory))
        {
            if (ReadJpeg(path) is not { } file || GreyDecoder.Measure(file) is not var (width, height)) continue;
            var found = (double)width * height;
            var factor = Math.Max(found / pixels, pixels / found);
            if (factor <= smallest) (nearest, smallest) = (file, factor);
        }
        return nearest;
    }

    private static byte[]? ReadJpeg(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[3];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || MediaSniffer.Sniff(head).Image != ImageFormat.Jpeg) return null;
        if (file.Length > MostBytes) return null;
        var content = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(content);
        return content;
    }

    /// <summary>A drawn picture as a JPEG.</summary>
    public static byte[] Draw(int width, int height, int seed = 1) => JpegEncoder.Encode(DrawnPicture.Rgb(width, height, seed), width, height);

    /// <summary>Writes drawn pictures into a directory.</summary>
    public static void DrawInto(DirectoryInfo directory)
    {
        var number = 0;
        foreach (var (width, height, count) in DrawnSizes)
        {
            for (var i = 0; i < count; i++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{++number}.jpg");
                File.WriteAllBytes(Path.Combine(directory.FullName, name), Draw(width, height, number));
            }
        }
    }
}
