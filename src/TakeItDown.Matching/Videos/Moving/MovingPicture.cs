using System.Buffers;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>
/// A picture that moves: what its container says, without any frame decoded. Each frame can be written out as a still picture of its own, which any
/// decoder of stills reads: so no frame but one is ever in memory, whoever decodes.
/// </summary>
internal abstract class MovingPicture
{
    /// <summary>Columns of the canvas; 0 where the file says nothing.</summary>
    public int Width { get; protected set; }

    /// <summary>Rows of the canvas; 0 where the file says nothing.</summary>
    public int Height { get; protected set; }

    /// <summary>The frames, in the order in which they are shown, at most <see cref="MovingFrame.MaximumCount"/>.</summary>
    public List<MovingFrame> Frames { get; } = [];

    /// <summary>Whether there are more frames than were read.</summary>
    public bool HasMore { get; private set; }

    /// <summary>How viewers turn it, as the EXIF orientation, 1 to 8.</summary>
    public int ExifOrientation { get; protected set; } = 1;

    /// <summary>
    /// Whether anything may shine through the canvas: then it is looked at on white and on black as well. Only what a container says is asked.
    /// </summary>
    public bool MayBeTransparent =>
        MayHaveAlpha || Frames.Count == 0 || !Frames[0].Covers(Width, Height) || Frames.Exists(static frame => frame.Disposal == FrameDisposal.Clear);

    /// <summary>Whether any pixel of a frame may be transparent.</summary>
    protected abstract bool MayHaveAlpha { get; }

    /// <summary>What a frame that is written out is.</summary>
    public abstract ImageFormat StillFormat { get; }

    /// <summary>Whether these formats are read here.</summary>
    public static bool Handles(VideoFormat format) => format is VideoFormat.Gif or VideoFormat.WebP or VideoFormat.Apng;

    /// <summary>Reads what the container says.</summary>
    public static MovingPicture Read(ReadOnlySpan<byte> content, VideoFormat format) => format switch
    {
        VideoFormat.Gif => new MovingGif(content),
        VideoFormat.WebP => new MovingWebP(content),
        VideoFormat.Apng => new MovingPng(content),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "It is not read here."),
    };

    /// <summary>Writes a frame as a still picture.</summary>
    /// <param name="content">The file that was read.</param>
    /// <param name="frame">One of its frames.</param>
    /// <param name="still">Takes the still.</param>
    public abstract void WriteStill(ReadOnlySpan<byte> content, MovingFrame frame, ArrayBufferWriter<byte> still);

    /// <summary>Adds a frame.</summary>
    /// <returns>False if there are too many.</returns>
    protected bool Add(MovingFrame frame)
    {
        HasMore = Frames.Count == MovingFrame.MaximumCount;
        if (!HasMore) Frames.Add(frame);
        return !HasMore;
    }
}
