namespace TakeItDown.Matching.Pictures.Pages;

/// <summary>A page beyond the first.</summary>
/// <param name="Offset">Where a picture of its own begins in the file.</param>
/// <param name="Number">Else its number in the picture, from 0.</param>
internal readonly record struct PicturePage(int Offset, int? Number);

/// <summary>The pages of a picture file beyond the first.</summary>
/// <param name="Pages">Where they are.</param>
/// <param name="HasMore">Whether there are more than are looked at.</param>
/// <param name="IsUncounted">Whether nobody could tell how many there are.</param>
internal sealed record PicturePages(IReadOnlyList<PicturePage> Pages, bool HasMore = false, bool IsUncounted = false)
{
    /// <summary>The most pages that are looked at, the first included.</summary>
    public const int MaximumCount = 64;

    /// <summary>Of a picture that is all there is.</summary>
    public static PicturePages None { get; } = new([]);

    /// <summary>Finds them.</summary>
    /// <param name="content">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="decoders">Asked, where only a decoder can tell.</param>
    public static PicturePages Find(ReadOnlySpan<byte> content, ImageFormat format, IEnumerable<IPagedDecoder> decoders) => format switch
    {
        ImageFormat.Jpeg => JpegPages.Find(content),
        ImageFormat.Tiff => Numbered(TiffPages.Count(content, MaximumCount + 1)),
        ImageFormat.Heif or ImageFormat.Avif => Count(content, format, decoders) is { } count ? Numbered(count, hasOther: true) : new PicturePages([], IsUncounted: true),
        _ => None,
    };

    private static int? Count(ReadOnlySpan<byte> content, ImageFormat format, IEnumerable<IPagedDecoder> decoders)
    {
        int? count = null;
        foreach (var decoder in decoders)
        {
            if (decoder.CountPages(content, format) is { } pages) count = Math.Max(count ?? 1, pages);
        }
        return count;
    }

    /// <summary>Pages by their numbers.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="hasOther">Whether any may be the one that viewers show first, so that each is looked at.</param>
    private static PicturePages Numbered(int count, bool hasOther = false)
    {
        if (count <= 1) return None;
        var first = hasOther ? 0 : 1;
        return new PicturePages([.. Enumerable.Range(first, Math.Min(count, MaximumCount) - first).Select(static number => new PicturePage(0, number))], count > MaximumCount);
    }
}
