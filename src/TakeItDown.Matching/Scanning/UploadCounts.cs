using TakeItDown.Matching.Floods;

namespace TakeItDown.Matching.Scanning;

/// <summary>Counts an upload, and nothing else that is scanned, once for each entry that it matches.</summary>
internal sealed class UploadCounts(FloodControl floods, MatchWays reportOnly, bool isUpload)
{
    private readonly HashSet<(string List, int Entry)> _seen = [];

    /// <summary>Counts the upload for an entry, but where a way has found it that is only reported: a quarantine reaches what is enforced.</summary>
    public void Count(in ScanList list, int entry, EntryKey key, MatchWays way)
    {
        if (isUpload && (way & reportOnly) == MatchWays.None && _seen.Add((list.Snapshot.Name, entry))) floods.Count(list.Snapshot.Name, key, list.Options);
    }

    /// <summary>Whether what the entry finds is to be set apart.</summary>
    public bool IsQuarantined(in ScanList list, EntryKey key) => floods.IsQuarantined(list.Snapshot.Name, key, list.Options);
}
