using System.Globalization;

namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>
/// The frames of videos, as the vPDQ reference writes them: <c>frame,quality,hash,seconds</c>. Where the frames begin anew, another video does.
/// </summary>
internal sealed class VpdqLines : ILineParser
{
    private long _last = -1;
    private int _video = 1;

    public ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into)
    {
        Span<Range> fields = stackalloc Range[5];
        if (line.Split(fields, ',') != 4 || !Fields.TryNumber(line[fields[0]], out var frame) || !Fields.TryQuality(line[fields[1]], out var quality)
            || !HashValue.TryParse(HashKind.Pdq, line[fields[2]].Trim(), out var value)
            || !double.TryParse(line[fields[3]].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
        {
            return ReadOutcome.Unread;
        }
        if (frame <= _last) _video++;
        _last = frame;
        if (Fields.IsTooPlain(quality)) return ReadOutcome.TooPlain;
        var video = string.Create(CultureInfo.InvariantCulture, $"video-{_video}");
        return into.Add(video, value, isFrame: true) ? ReadOutcome.Read : ReadOutcome.Unread;
    }
}
