namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>
/// Our own format, <c>kind,value[,entry]</c>. The kind <c>vpdq</c> is the PDQ hash of a frame, and makes the entry a video, which a picture
/// cannot be, too.
/// </summary>
internal sealed class OwnLines : ILineParser
{
    public ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into)
    {
        Span<Range> fields = stackalloc Range[4];
        var count = line.Split(fields, ',');
        if (count is not (2 or 3)) return ReadOutcome.Unread;
        var name = line[fields[0]].Trim();
        var isFrame = name.Equals("vpdq", StringComparison.OrdinalIgnoreCase);
        var kind = isFrame ? HashKind.Pdq : HashKindExtensions.FromName(name);
        return HashValue.TryParse(kind, line[fields[1]].Trim(), out var value) && into.Add(count == 3 ? line[fields[2]] : [], value, isFrame)
            ? ReadOutcome.Read : ReadOutcome.Unread;
    }
}
