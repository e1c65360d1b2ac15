using System.Globalization;

namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>
/// The state files that ThreatExchange's older tools and HMA keep for each type of signal (<c>simple.HASH_PDQ.te</c>), which have no header:
/// <c>hash,id[,id],time,tags</c>.
/// </summary>
/// <param name="kind">The kind, which only the file's name tells; <see cref="HashKind.None"/> where nobody said.</param>
internal sealed class TxRows(HashKind kind) : ILineParser
{
    private readonly List<string> _fields = [];

    public ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into)
    {
        if (!Csv.TrySplit(line, ',', _fields) || _fields is not ([_, _, _, _] or [_, _, _, _, _])) return ReadOutcome.Unread;
        var (hash, id, time, tags) = (_fields[0], _fields[1], _fields[^2], _fields[^1]);
        var isDated = time == "mine" || DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out _);
        if (!isDated || !Fields.IsHex(hash) || !Fields.TryNumber(id, out _)) return ReadOutcome.Unread;
        if (TxSignal.IsCleared(tags)) return ReadOutcome.Cleared;
        if (kind == HashKind.None) return hash.Length is 32 or 40 or 64 ? ReadOutcome.NeedsKind : ReadOutcome.NotCompared;
        return HashValue.TryParse(kind, hash, out var value) && into.Add(id, value) ? ReadOutcome.Read : ReadOutcome.Unread;
    }
}
