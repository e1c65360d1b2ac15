using Microsoft.Extensions.Options;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Options;

namespace TakeItDown.Matching.Scanning;

/// <summary>What a scan that begins now is to compare with.</summary>
internal sealed class ScanLists(
    ListCatalog catalog, SteadyOptions<ListOptions> lists, SteadyOptions<SyncOptions> syncing, IOptions<MatchingOptions> matching, TimeProvider time)
{
    /// <summary>Every list that is in use. It is null where there is none to use, switched on or off: nobody registered one.</summary>
    public ScanList[]? Take()
    {
        var snapshots = catalog.Current;
        if (snapshots.IsEmpty) return null;
        var (now, maximumAge) = (time.GetUtcNow(), syncing.Get().MaximumAge);
        var taken = new ScanList[snapshots.Length];
        var count = 0;
        foreach (var snapshot in snapshots)
        {
            var options = lists.Get(snapshot.Name);
            if (!options.IsInUse) continue;
            taken[count++] = new ScanList(snapshot, options, options.PdqDistance ?? matching.Value.PdqDistance, snapshot.FreshnessAt(now, maximumAge));
        }
        return count == taken.Length ? taken : taken[..count];
    }
}
