namespace TakeItDown.Matching.Benchmarks;

/// <summary>The pictures under <c>tests/fixtures</c>: one landscape in every format, and larger ones.</summary>
internal static class Fixtures
{
    public static IEnumerable<string> Formats =>
    [
        "landscape.jpg", "landscape-progressive.jpg", "landscape-cmyk.jpg", "landscape.png", "landscape.webp", "landscape.gif", "landscape.bmp",
        "landscape.tiff", "landscape.heic", "landscape.avif",
    ];

    public static string PathOf(string name) => PathInCheckout("tests", "fixtures", "images", name);

    /// <summary>The path of what lies in the checkout.</summary>
    public static string PathInCheckout(params ReadOnlySpan<string> parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TakeItDown.Matching.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("Benchmarks run from within the checkout.");
        return Path.Combine([folder.FullName, .. parts]);
    }
}
