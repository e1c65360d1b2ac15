using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching.Pictures;

/// <summary>
/// Takes the rows of one picture and keeps the pixels that its hashes look at. Refuses what is over the limits. The reference samples a picture as it
/// finds it, from the left and the top: of a turned one these are other pixels of the stored picture. So for each pair of ends from which an orientation
/// counts, samples of their own are kept, and the hash of each orientation is that of a file which stores it.
/// </summary>
/// <param name="limits">What is refused.</param>
/// <param name="allOrientations">Whether all eight orientations are looked at; else as stored, and as displayed.</param>
/// <param name="exifOrientation">How viewers turn the picture, 1 to 8, where that is known before the decoder says it.</param>
internal sealed class PictureSampler(DecodeLimits limits, bool allOrientations = false, int exifOrientation = 1) : IPictureSink, IDisposable
{
    // By the ends from which they count: left or right, and top or bottom.
    private readonly PictureSamples?[] _samples = new PictureSamples?[4];
    private int _height;

    /// <summary>Whether every row came that was wanted.</summary>
    public bool IsComplete => HasBegun && Array.TrueForAll(_samples, static samples => samples?.IsComplete ?? true);

    /// <summary>Whether the decoder began.</summary>
    public bool HasBegun => _samples[0] is not null;

    public bool Accept(long width, long height, long workingBytes) =>
        width > 0 && height > 0 && width <= limits.MaximumPixels / height && workingBytes <= limits.MaximumDecodeBytes;

    public void Begin(int width, int height) => Begin(width, height, exifOrientation);

    public void Begin(int width, int height, int exifOrientation)
    {
        if (HasBegun) throw new InvalidOperationException("A decoder delivers one picture.");
        if (!Accept(width, height, 0)) throw new InvalidOperationException("A decoder asks before it delivers.");
        _height = height;
        Keep(default, width, height);
        if (_samples[0]!.IsWhole) return;
        Keep(PictureTurn.Of(PdqSpectrum.FromExif(exifOrientation)), width, height);
        if (!allOrientations) return;
        foreach (var orientation in PdqSpectrum.DihedralOrder) Keep(PictureTurn.Of(orientation), width, height);
    }

    public bool Wants(int row)
    {
        foreach (var samples in _samples)
        {
            if (samples?.Wants(row) == true) return true;
        }
        return false;
    }

    public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format)
    {
        if (!HasBegun) throw new InvalidOperationException("A decoder begins before it delivers.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_height, nameof(row));
        foreach (var samples in _samples) samples?.Write(row, pixels, format);
    }

    /// <summary>Whether the pixels of the picture in this orientation were kept.</summary>
    public bool Covers(Orientation orientation) => HasBegun && Find(orientation) is not null;

    /// <summary>
    /// The pixels that the hash of the picture in this orientation looks at, in the order in which they are stored, until the sampler is disposed; rows
    /// that never came are black.
    /// </summary>
    public PixelBuffer Finish(Orientation orientation) => (Find(orientation) ?? throw new InvalidOperationException("It was not sampled.")).Finish();

    public void Dispose()
    {
        foreach (var samples in _samples) samples?.Dispose();
    }

    private PictureSamples? Find(Orientation orientation) =>
        _samples[0] is { IsWhole: true } whole ? whole : _samples[Index(PictureTurn.Of(orientation))];

    private void Keep(PictureTurn turn, int width, int height) =>
        _samples[Index(turn)] ??= new PictureSamples(width, height, fromRight: turn.ReverseColumns, fromBottom: turn.ReverseRows);

    private static int Index(PictureTurn turn) => (turn.ReverseColumns ? 1 : 0) + (turn.ReverseRows ? 2 : 0);
}
