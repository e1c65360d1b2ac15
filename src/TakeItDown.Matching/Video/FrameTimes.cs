using System.Buffers.Text;

namespace TakeItDown.Matching.Video;

/// <summary>
/// Reads when each frame is shown. <see cref="FfmpegArguments.Decode"/> has ffmpeg say it on standard error, one line a frame, always before it writes
/// the frame.
/// </summary>
internal sealed class FrameTimes(Stream messages)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1000);

    private readonly byte[] _buffer = new byte[1024];
    private int _start, _end;

    /// <summary>The time of the next frame; null where the file gives none.</summary>
    public async ValueTask<TimeSpan?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _buffer.AsMemory(_start, length);
                _start += length + 1;
                if (IsTime(line.Span, out var time)) return time;
                continue;
            }
            // What does not fit is none of the lines that are waited for.
            if (_start == 0 && _end == _buffer.Length) _end = 0;
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = await messages.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0) return null;
            _end += read;
        }
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
