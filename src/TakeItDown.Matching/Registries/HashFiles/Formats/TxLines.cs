namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>
/// What ThreatExchange's <c>tx hash</c> and <c>tx dataset -P</c> print, and its local-file exchange reads:
/// <c>type signal[ 'collaboration' opinion]</c>.
/// </summary>
internal sealed class TxLines : ILineParser
{
    /// <summary>Types of signals that are not compared.</summary>
    private static readonly string[] Others = ["raw_text", "text_tlsh", "trend_query", "url", "video_tmk_pdqf", "pdq_ocr", "pdq_index2", "photodna"];

    public ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into)
    {
        var space = line.IndexOf(' ');
        if (space <= 0) return ReadOutcome.Unread;
        var type = line[..space];
        var rest = line[(space + 1)..].TrimStart();
        foreach (var other in Others)
        {
            if (type.Equals(other, StringComparison.OrdinalIgnoreCase)) return ReadOutcome.NotCompared;
        }
        var isVideo = type.Equals("vpdq", StringComparison.OrdinalIgnoreCase);
        if (!isVideo && Fields.KindOf(type) == HashKind.None) return ReadOutcome.Unread;
        // A video's frames hold spaces themselves, and end with their array.
        var length = isVideo ? rest.LastIndexOf(']') + 1 : rest.IndexOf(' ');
        if (length <= 0) length = rest.Length;
        if (TxSignal.IsCleared(rest[length..])) return ReadOutcome.Cleared;
        return TxSignal.Add(type, rest[..length], [], classification: null, into);
    }
}
