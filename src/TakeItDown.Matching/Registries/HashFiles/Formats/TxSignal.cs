using System.Text.Json;

namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>A signal of ThreatExchange: its type and its text.</summary>
internal static class TxSignal
{
    /// <summary>Opinions by which a signal is no reason to act: ThreatExchange's names for them, then and now.</summary>
    private static readonly string[] Cleared = ["NEGATIVE_CLASS", "FALSE_POSITIVE", "NON_MALICIOUS"];

    /// <summary>Whether an opinion, or a text that holds one, says that the signal is of nothing harmful.</summary>
    public static bool IsCleared(ReadOnlySpan<char> opinion)
    {
        foreach (var name in Cleared)
        {
            if (opinion.Contains(name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>Adds a signal's hashes.</summary>
    public static ReadOutcome Add(
        ReadOnlySpan<char> type, ReadOnlySpan<char> signal, ReadOnlySpan<char> entry, string? classification, EntryCollector into)
    {
        if (type.Equals("vpdq", StringComparison.OrdinalIgnoreCase) || type.Equals("HASH_VPDQ", StringComparison.OrdinalIgnoreCase))
            return AddFrames(signal, entry, classification, into);
        var kind = Fields.KindOf(type);
        if (kind == HashKind.None) return ReadOutcome.NotCompared;
        var isRead = HashValue.TryParse(kind, signal.Trim(), out var value) && into.Add(entry, value, isFrame: false, classification);
        return isRead ? ReadOutcome.Read : ReadOutcome.Unread;
    }

    /// <summary>A video's frames are a JSON array of texts, each <c>hash,quality,seconds</c>.</summary>
    private static ReadOutcome AddFrames(ReadOnlySpan<char> signal, ReadOnlySpan<char> entry, string? classification, EntryCollector into)
    {
        var frames = new List<HashValue>();
        var plain = 0;
        try
        {
            using var document = JsonDocument.Parse(signal.ToString(), new JsonDocumentOptions { MaxDepth = 2 });
            if (document.RootElement.ValueKind != JsonValueKind.Array) return ReadOutcome.Unread;
            foreach (var element in document.RootElement.EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.String || element.GetString()!.Split(',') is not [var hash, var quality, _]
                    || !HashValue.TryParse(HashKind.Pdq, hash, out var value) || !Fields.TryQuality(quality, out var much))
                {
                    return ReadOutcome.Unread;
                }
                if (Fields.IsTooPlain(much)) plain++;
                else frames.Add(value);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return ReadOutcome.Unread;
        }
        if (frames.Count == 0) return plain > 0 ? ReadOutcome.TooPlain : ReadOutcome.Unread;
        foreach (var frame in frames)
        {
            if (!into.Add(entry, frame, isFrame: true, classification)) return ReadOutcome.Unread;
        }
        return ReadOutcome.Read;
    }
}
