namespace TakeItDown.Matching.Videos.Moving;

/// <summary>What becomes of a frame's part of the canvas before the next frame is drawn.</summary>
internal enum FrameDisposal
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>It becomes transparent.</summary>
    Clear,

    /// <summary>It becomes what it was before the frame.</summary>
    Restore,
}

/// <summary>What the container of a moving picture says of a frame.</summary>
/// <param name="Left">Where it is drawn on the canvas, in pixels; it may reach beyond.</param>
/// <param name="Top">Where it is drawn on the canvas, in pixels; it may reach beyond.</param>
/// <param name="Width">Its own width, at least 1.</param>
/// <param name="Height">Its own height, at least 1.</param>
/// <param name="Shown">How long viewers show it.</param>
/// <param name="IsBlended">Whether what is below may shine through it; else it replaces that.</param>
/// <param name="Disposal">What becomes of it before the next one.</param>
/// <param name="Data">Where its data begins in the file.</param>
/// <param name="Length">How many bytes of it there are.</param>
/// <param name="IsCut">Whether the file ends before the frame does.</param>
internal readonly record struct MovingFrame(
    int Left, int Top, int Width, int Height, TimeSpan Shown, bool IsBlended, FrameDisposal Disposal, int Data, int Length, bool IsCut)
{
    /// <summary>The most frames that are read of a file. Files made to be slow have more.</summary>
    public const int MaximumCount = 10_000;

    // Browsers show a frame of up to 10 ms for 100 ms.
    private const double ShortestTime = 10;
    private const double UsualTime = 100;

    /// <summary>Where the file says how the frame is drawn, if that is in a place of its own; else negative.</summary>
    public int Control { get; init; } = -1;

    /// <summary>How many pixels it has.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>How long viewers show a frame of which the file says so many milliseconds.</summary>
    public static TimeSpan TimeShown(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds > ShortestTime ? milliseconds : UsualTime);

    /// <summary>Whether it covers a canvas of this size.</summary>
    public bool Covers(int width, int height) => Left <= 0 && Top <= 0 && (long)Left + Width >= width && (long)Top + Height >= height;
}
