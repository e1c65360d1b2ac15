namespace TakeItDown.Matching.Pictures.Pages;

/// <summary>A decoder that also reads the pages of a picture beyond the first.</summary>
internal interface IPagedDecoder
{
    /// <summary>How many pages there are; null where it cannot tell.</summary>
    int? CountPages(ReadOnlySpan<byte> content, ImageFormat format);

    /// <summary>A decoder that reads one page of each picture.</summary>
    /// <param name="page">Its number, from 0.</param>
    IImageDecoder ForPage(int page);
}
