using TakeItDown.Matching.Syncing;

namespace TakeItDown.Matching.Scanning;

/// <summary>A list as one scan compares with it.</summary>
/// <param name="Snapshot">Its hashes.</param>
/// <param name="Options">How it is used.</param>
/// <param name="PdqDistance">The most bits in which PDQ hashes may differ.</param>
/// <param name="Freshness">How far it can be trusted.</param>
internal readonly record struct ScanList(ListSnapshot Snapshot, ListOptions Options, int PdqDistance, ListFreshness Freshness)
{
    /// <summary>The kinds that are compared, and of which the list holds any.</summary>
    public HashKinds Kinds => Snapshot.Index.Kinds & Options.Kinds;

    /// <summary>Whether it depends on the content if it is compared with the list.</summary>
    public bool IsPartial => Options.TrafficShare < 1;
}
