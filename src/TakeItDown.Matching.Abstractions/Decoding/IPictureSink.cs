namespace TakeItDown.Matching;

/// <summary>Takes a decoded picture, row by row. Rows that <see cref="Wants"/> does not ask for need not be delivered.</summary>
public interface IPictureSink
{
    /// <summary>
    /// Asks whether a picture of the size that its header promises may be decoded. Ask before the first pixel, and again where more is
    /// learnt on the way.
    /// </summary>
    /// <param name="width">The promised width, in pixels.</param>
    /// <param name="height">The promised height, in pixels.</param>
    /// <param name="workingBytes">The memory the decoder will need at most, in bytes; 0 where a few short rows are all it holds.</param>
    /// <returns>False: the picture is over a limit; answer <see cref="DecodeStatus.OverLimit"/> at once.</returns>
    bool Accept(long width, long height, long workingBytes);

    /// <summary>Announces the raster that will be delivered; it may be smaller than what the header promised, by whole factors.</summary>
    void Begin(int width, int height);

    /// <summary>
    /// Announces the raster and how viewers turn it. A decoder that knows the orientation before the first row says it here as well as in its result:
    /// otherwise a turned picture with a side over 512 pixels is decoded a second time, to be sampled as viewers show it.
    /// </summary>
    /// <param name="width">Pixels in a row, as stored.</param>
    /// <param name="height">Rows, as stored.</param>
    /// <param name="exifOrientation">The EXIF orientation, 1 to 8, that the result will have.</param>
    void Begin(int width, int height, int exifOrientation) => Begin(width, height);

    /// <summary>Whether this row is needed.</summary>
    bool Wants(int row);

    /// <summary>Delivers one row, at least as many pixels as <see cref="Begin(int, int)"/> announced; all rows have one format.</summary>
    void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format);

    /// <summary>Delivers a whole raster of the announced size.</summary>
    void Write(PixelBuffer picture)
    {
        for (var row = 0; row < picture.Height; row++)
        {
            if (Wants(row)) Write(row, picture.Row(row), picture.Format);
        }
    }
}
