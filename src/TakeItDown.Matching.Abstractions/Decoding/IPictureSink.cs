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

    /// <summary>Whether this row is needed.</summary>
    bool Wants(int row);

    /// <summary>Delivers one row, at least as many pixels as <see cref="Begin"/> announced; all rows have one format.</summary>
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
