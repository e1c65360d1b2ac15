using TakeItDown.Matching.Decoding.Native;

namespace TakeItDown.Matching.Decoding;

/// <summary>
/// The frames of a moving WebP, which ffmpeg 5.1 cannot read, by libvips: it gives them one below the other, as one picture that it computes from the
/// top, so that no more than a frame is in memory.
/// </summary>
internal sealed unsafe class WebPFrames : IDisposable
{
    // libvips opens no taller picture.
    private const int MaximumRows = 10_000_000;

    private readonly VipsImage _frames;
    private readonly nint _region;
    private readonly int _height;

    private WebPFrames(VipsImage frames, nint region, int height)
    {
        _frames = frames;
        _region = region;
        _height = height;
    }

    /// <summary>How the pixels of a frame lie in memory.</summary>
    public PixelFormat Format => _frames.PixelFormat;

    /// <summary>How viewers turn it, 1 to 8.</summary>
    public int ExifOrientation => Vips.Orientation(_frames.Handle);

    /// <summary>How many frames of this height can be read.</summary>
    public static int MaximumCount(int height) => MaximumRows / height;

    /// <summary>Opens content that stays where it is for the while; null if it is damaged.</summary>
    /// <param name="source">The content, as libvips reads it.</param>
    /// <param name="animation">What its container says.</param>
    /// <param name="count">How many frames to read.</param>
    public static WebPFrames? Open(nint source, WebPAnimation animation, int count)
    {
        using var stored = VipsImage.Run(VipsLoader.WebP.Operation, "source", Vips.SourceType(), source, VipsLoader.FrameOptions(count));
        if (stored is null || stored.Width != animation.Width || stored.Height != animation.Height * count) return null;
        if (stored.ToEightBits() is not { } frames) return null;
        var region = Vips.NewRegion(frames.Handle);
        if (region != 0) return new WebPFrames(frames, region, animation.Height);
        frames.Dispose();
        return null;
    }

    /// <summary>Passes over a frame, which is decoded all the same, as those after it may be laid upon it.</summary>
    /// <returns>False if it is damaged.</returns>
    public bool Skip(int frame, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Fetch(frame * _height, default);
    }

    /// <summary>Reads a frame; frames come in order.</summary>
    /// <returns>False if it is damaged.</returns>
    public bool Read(int frame, Span<byte> pixels, CancellationToken cancellationToken)
    {
        var rowBytes = pixels.Length / _height;
        for (var row = 0; row < _height; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Fetch((frame * _height) + row, pixels.Slice(row * rowBytes, rowBytes))) return false;
        }
        return true;
    }

    public void Dispose()
    {
        GObject.Unref(_region);
        _frames.Dispose();
    }

    private bool Fetch(int row, Span<byte> target)
    {
        var pixels = Vips.Fetch(_region, 0, row, _frames.Width, 1, out var length);
        if (pixels is null) return false;
        if (!target.IsEmpty) new ReadOnlySpan<byte>(pixels, (int)length)[..target.Length].CopyTo(target);
        GObject.Free(pixels);
        return true;
    }
}
