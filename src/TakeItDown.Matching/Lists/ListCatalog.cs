using System.Collections.Immutable;

namespace TakeItDown.Matching.Lists;

/// <summary>
/// Where the two streams meet: refreshes publish snapshots, scans read them. A scan reads <see cref="Current"/> once; publishing is
/// one reference write, so no scan ever waits or sees half a list.
/// </summary>
internal sealed class ListCatalog
{
    private readonly Lock _publishing = new();
    private volatile Snapshots _current = new([]);

    /// <summary>Called after each publication, with the old snapshot, which is null for the first, and the new one. What it throws is the publisher's.</summary>
    public Action<ListSnapshot?, ListSnapshot>? Published { get; set; }

    /// <summary>The snapshots of every list, as of now.</summary>
    public ImmutableArray<ListSnapshot> Current => _current.Lists;

    /// <summary>Puts a list's new snapshot in the place of its old one.</summary>
    public void Publish(ListSnapshot snapshot)
    {
        ListSnapshot? old;
        lock (_publishing)
        {
            var lists = _current.Lists;
            old = lists.FirstOrDefault(list => list.Name == snapshot.Name);
            _current = new Snapshots(old is null ? lists.Add(snapshot) : lists.Replace(old, snapshot));
        }
        Published?.Invoke(old, snapshot);
    }

    private sealed record Snapshots(ImmutableArray<ListSnapshot> Lists);
}
