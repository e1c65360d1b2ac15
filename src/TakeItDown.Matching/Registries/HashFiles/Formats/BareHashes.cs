namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>A hash a line, and nothing else.</summary>
/// <param name="kind">The kind of all of them; <see cref="HashKind.None"/> where nobody said.</param>
internal sealed class BareHashes(HashKind kind) : ILineParser
{
    public ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into)
    {
        if (kind == HashKind.None) return line.Length is 32 or 40 or 64 && Fields.IsHex(line) ? ReadOutcome.NeedsKind : ReadOutcome.Unread;
        return HashValue.TryParse(kind, line, out var value) && into.Add([], value) ? ReadOutcome.Read : ReadOutcome.Unread;
    }
}
