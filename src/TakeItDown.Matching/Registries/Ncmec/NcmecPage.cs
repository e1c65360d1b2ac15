namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>One page of a <c>queryResult</c>, with what the filter leaves of it.</summary>
/// <param name="Upserts">Live entries.</param>
/// <param name="Removals">Withdrawn entries, and those that have no hash of a kind that is kept.</param>
/// <param name="Rejected">Malformed records.</param>
/// <param name="Records">All records, whatever became of them.</param>
/// <param name="Next">Where the next page is; null on the last page.</param>
/// <param name="Miscounts">Whether a block's count is not that of its records.</param>
internal sealed record NcmecPage(
    IReadOnlyList<ListEntry> Upserts, IReadOnlyList<ListRemoval> Removals, int Rejected, int Records, string? Next, bool Miscounts = false);
