using System.Buffers.Text;
using System.Threading.Channels;

namespace TakeItDown.Matching.Videos.Ffmpeg;

/// <summary>
/// Reads when each frame is shown. <see cref="FfmpegArguments.Decode"/> has ffmpeg say it on standard error, one line a frame, always before it writes
/// the frame. What is said is read at once, whoever waits for it, so that ffmpeg never waits for us to read it while we wait for a frame.
/// </summary>
internal sealed class FrameTimes
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1000);

    private readonly Channel<TimeSpan?> _times;

    /// <param name="messages">What ffmpeg says; read to its end and closed.</param>
    /// <param name="maximumFrames">The most frames that come; times beyond are those of none.</param>
    public FrameTimes(Stream messages, int maximumFrames)
    {
        _times = Channel.CreateBounded<TimeSpan?>(new BoundedChannelOptions(maximumFrames) { FullMode = BoundedChannelFullMode.DropWrite });
        _ = ReadAsync(messages);
    }

    /// <summary>The time of the next frame; null where the file gives none.</summary>
    public async ValueTask<TimeSpan?> NextAsync(CancellationToken cancellationToken) =>
        await _times.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _times.Reader.TryRead(out var time) ? time : null;

    private async Task ReadAsync(Stream messages)
    {
        await using var closing = messages.ConfigureAwait(false);
        var buffer = new byte[1024];
        var (length, read) = (0, 0);
        try
        {
            // It ends when the child does.
            while ((read = await messages.ReadAsync(buffer.AsMemory(length), CancellationToken.None).ConfigureAwait(false)) > 0)
            {
                var rest = Take(buffer.AsSpan(0, length + read));
                // What does not fit is none of the lines that are waited for.
                length = rest.Length == buffer.Length ? 0 : rest.Length;
                rest[..length].CopyTo(buffer);
            }
        }
        finally
        {
            _times.Writer.Complete();
        }
    }

    /// <summary>Takes the times from whole lines, and gives what follows the last of them.</summary>
    private ReadOnlySpan<byte> Take(ReadOnlySpan<byte> text)
    {
        for (int end; (end = text.IndexOf((byte)'\n')) >= 0; text = text[(end + 1)..])
        {
            if (IsTime(text[..end], out var time)) _times.Writer.TryWrite(time);
        }
        return text;
    }

    private static bool IsTime(ReadOnlySpan<byte> line, out TimeSpan? time)
    {
        var label = "pts_time:"u8;
        var at = line.IndexOf(label);
        time = at >= 0 && Utf8Parser.TryParse(line[(at + label.Length)..], out double seconds, out _) && seconds >= 0 && seconds < Longest.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
        return at >= 0;
    }
}
