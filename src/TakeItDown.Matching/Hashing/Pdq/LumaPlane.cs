using System.Buffers;

namespace TakeItDown.Matching.Hashing.Pdq;

/// <summary>
/// The brightness of a picture, at most 512 x 512, or of a video's frame, as the hash takes it: one float a pixel, rows at a stride that suits
/// every vector width. The memory of a picture is rented: dispose it once.
/// </summary>
internal readonly struct LumaPlane : IDisposable
{
    /// <summary>The reference brings any picture with a larger side to exactly this size.</summary>
    public const int MaximumSide = 512;

    /// <summary>Rows and columns are padded to a multiple of this, twice the lanes of the widest vector; the padding's values do not matter.</summary>
    public const int Padding = 32;

    // Kernels put the 64 values of a shrunk row where the row was.
    private const int MinimumStride = 64;

    private readonly bool _isRented;

    private LumaPlane(int width, int height, bool rent)
    {
        Width = width;
        Height = height;
        Stride = Math.Max(Pad(width), MinimumStride);
        _isRented = rent;
        Values = Allocate(Stride * Pad(height), rent);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The rows; the array is longer than the picture.</summary>
    public float[] Values { get; }

    /// <summary>The reference hashes nothing with fewer than 5 pixels along a side: the hash is zero, the quality too.</summary>
    public bool IsHashable => Width >= 5 && Height >= 5;

    /// <summary>A plane for a picture of this size, not yet filled.</summary>
    public static LumaPlane ForPicture(int width, int height) =>
        width > MaximumSide || height > MaximumSide ? new LumaPlane(MaximumSide, MaximumSide, rent: true) : new LumaPlane(width, height, rent: true);

    /// <summary>The brightness of a decoded picture.</summary>
    public static LumaPlane FromPixels(PixelBuffer picture)
    {
        var plane = ForPicture(picture.Width, picture.Height);
        for (var row = 0; row < plane.Height; row++)
        {
            // Nearest neighbour: source row = floor(row * height / 512); equal sizes map each row to itself.
            var source = (int)((long)row * picture.Height / plane.Height);
            LumaRow.Sample(picture.Row(source), picture.Format, picture.Width, plane.Row(row));
        }
        return plane;
    }

    /// <summary>
    /// A plane for the frames of one video, at full size: vPDQ hashes frames as they are, and samples none. Its memory is its own, since a pool would
    /// keep arrays of this size on every thread that ever hashed a frame.
    /// </summary>
    public static LumaPlane ForFrames(int width, int height) => new(width, height, rent: false);

    /// <summary>Takes rows of red, green and blue, one after the other, from <paramref name="row"/> on.</summary>
    public void Fill(int row, ReadOnlySpan<byte> pixels)
    {
        for (var length = Width * 3; !pixels.IsEmpty; pixels = pixels[length..]) LumaRow.Sample(pixels, PixelFormat.Rgb24, Width, Row(row++));
    }

    /// <summary>The brightness of this frame as of a picture: sampled in the way of <see cref="FromPixels"/>.</summary>
    public LumaPlane Sample()
    {
        var sampled = ForPicture(Width, Height);
        for (var row = 0; row < sampled.Height; row++)
        {
            var from = Row((int)((long)row * Height / sampled.Height));
            var to = sampled.Row(row);
            for (var x = 0; x < to.Length; x++) to[x] = from[(int)((long)x * Width / sampled.Width)];
        }
        return sampled;
    }

    /// <summary>One row, without its padding.</summary>
    public Span<float> Row(int row) => Values.AsSpan(row * Stride, Width);

    public void Dispose()
    {
        if (_isRented) ArrayPool<float>.Shared.Return(Values);
    }

    private static float[] Allocate(int length, bool rent) =>
        rent ? ArrayPool<float>.Shared.Rent(length) : GC.AllocateUninitializedArray<float>(length);

    private static int Pad(int size) => (size + Padding - 1) / Padding * Padding;
}
