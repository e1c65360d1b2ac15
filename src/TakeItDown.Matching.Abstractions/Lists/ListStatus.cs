using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>How far a list can be trusted.</summary>
[JsonConverter(typeof(EnumWordConverter<ListFreshness>))]
public enum ListFreshness
{
    /// <summary>No complete copy was ever read: nothing can be said of any upload.</summary>
    NeverSynced = 0,

    /// <summary>The copy is older than allowed: new entries may be missing from it.</summary>
    Stale,

    /// <summary>The copy is recent.</summary>
    Fresh,
}

/// <summary>The state of a list, for health checks and dashboards.</summary>
public sealed record ListStatus
{
    /// <summary>The name of the list.</summary>
    public required string Name { get; init; }

    /// <summary>Whether any upload is compared with it, as options have it; if not, its state touches no verdict.</summary>
    public bool IsInUse { get; init; } = true;

    /// <summary>What becomes of what it finds, as options have it; where that is only reported, its state touches no verdict.</summary>
    public ListMode Mode { get; init; }

    /// <summary>How far it can be trusted.</summary>
    public required ListFreshness Freshness { get; init; }

    /// <summary>How many live entries uploads are compared with.</summary>
    public long Entries { get; init; }

    /// <summary>How many hashes of the live entries were left out because they would match by accident (all zero, nearly constant).</summary>
    public long RejectedHashes { get; init; }

    /// <summary>The instant up to which the list is complete; null if never.</summary>
    public DateTimeOffset? CompleteThrough { get; init; }

    /// <summary>
    /// Whether the list is being read from its beginning again, since something else is asked of its registry than before. Until that ends, entries
    /// may be missing that are asked for now.
    /// </summary>
    public bool IsReadAnew { get; init; }

    /// <summary>The entries that match far more uploads than expected, as this process counts them.</summary>
    public IReadOnlyList<EntryFlood> Floods { get; init; } = [];

    /// <summary>When the list was last read from its beginning to compare it with what was stored; null before the first time.</summary>
    public DateTimeOffset? ReconciledAt { get; init; }

    /// <summary>
    /// How many entries were found missing, different or withdrawn in vain at <see cref="ReconciledAt"/>, and since then wherever the registry's
    /// counts did not fit, and were mended. Anything but 0 means that the registry did not tell of every change in its turn.
    /// </summary>
    public long Drift { get; init; }

    /// <summary>
    /// What keeps the list from being compared with its whole registry: the failure of the last attempt, without secrets or hashes, or that none came to its
    /// end for twice <c>SyncOptions.ReconcileInterval</c>; null where nothing does.
    /// </summary>
    public string? ReconcileError { get; init; }

    /// <summary>What went wrong at the last refresh, without secrets or hashes; null if it went well.</summary>
    public string? LastError { get; init; }
}
