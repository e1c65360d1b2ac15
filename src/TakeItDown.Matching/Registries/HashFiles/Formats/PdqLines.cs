namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>What the PDQ reference's <c>pdq-photo-hasher</c> prints: <c>hash,quality[,file]</c>.</summary>
internal sealed class PdqLines : ILineParser
{
    public ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into)
    {
        Span<Range> fields = stackalloc Range[3];
        // A file's name may hold commas: the last field has all the rest.
        var count = line.Split(fields, ',');
        if (count < 2 || !Fields.TryQuality(line[fields[1]], out var quality)) return ReadOutcome.Unread;
        if (!HashValue.TryParse(HashKind.Pdq, line[fields[0]].Trim(), out var value)) return ReadOutcome.Unread;
        if (Fields.IsTooPlain(quality)) return ReadOutcome.TooPlain;
        return into.Add(count == 3 ? line[fields[2]] : [], value) ? ReadOutcome.Read : ReadOutcome.Unread;
    }
}
