namespace TakeItDown.Matching.Registries.StopNcii;

/// <summary>One page of an answer to <c>FetchHashes</c>.</summary>
/// <param name="Upserts">Live hashes, each an entry of its own.</param>
/// <param name="Removals">Withdrawn and deleted hashes.</param>
/// <param name="Rejected">Malformed records.</param>
/// <param name="NextToken">Names the next page; null on the last page.</param>
/// <param name="NextSet">On the last page, the second from which the next set should be asked for; 0 where the page does not say.</param>
/// <param name="Records">All records, whatever became of them.</param>
/// <param name="Miscounts">Whether the page's count is not that of its records.</param>
internal sealed record StopNciiPage(
    IReadOnlyList<ListEntry> Upserts, IReadOnlyList<ListRemoval> Removals, int Rejected, string? NextToken, long NextSet, long Records = 0, bool Miscounts = false);
