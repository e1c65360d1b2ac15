namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>What <c>hashdeep</c> prints: two lines begin with <c>%%%%</c>, and the second names the columns; the last is the file's name.</summary>
internal sealed class Hashdeep : ILineParser
{
    private const string Mark = "%%%%";

    private List<HashKind>? _columns;

    public ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into)
    {
        if (line.StartsWith(Mark, StringComparison.Ordinal)) return ReadHeader(line[Mark.Length..].Trim());
        if (_columns is null) return ReadOutcome.Unread;
        var rest = line;
        var hashes = new List<HashValue>();
        var isWhole = true;
        for (var column = 0; column < _columns.Count - 1; column++)
        {
            var length = rest.IndexOf(',');
            if (length < 0) return ReadOutcome.Unread;
            if (_columns[column] is not HashKind.None and var kind)
            {
                if (HashValue.TryParse(kind, rest[..length], out var value)) hashes.Add(value);
                else isWhole = false;
            }
            rest = rest[(length + 1)..];
        }
        // The name is not quoted, and may hold commas.
        foreach (var value in hashes) isWhole &= into.Add(rest, value);
        if (!isWhole) return ReadOutcome.Unread;
        return hashes.Count > 0 ? ReadOutcome.Read : ReadOutcome.NotCompared;
    }

    private ReadOutcome ReadHeader(ReadOnlySpan<char> header)
    {
        if (header.StartsWith("HASHDEEP-", StringComparison.Ordinal)) return ReadOutcome.Header;
        if (!header.StartsWith("size,", StringComparison.Ordinal)) return ReadOutcome.Unread;
        if (!header.EndsWith(",filename", StringComparison.Ordinal)) return ReadOutcome.Unread;
        _columns = [];
        foreach (var field in header.Split(',')) _columns.Add(Fields.KindOf(header[field]));
        return ReadOutcome.Header;
    }
}
