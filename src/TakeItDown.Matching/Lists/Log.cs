using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Lists;

/// <summary>What the list stream says in logs: names of lists, counts, times and reasons; never a hash, a secret or an address's query.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "List '{List}' is loaded from the store: {Entries} entries, complete through {CompleteThrough:u}.")]
    public static partial void ListLoaded(ILogger logger, string list, int entries, DateTimeOffset? completeThrough);

    [LoggerMessage(101, LogLevel.Error, "List '{List}' could not be loaded from the store: {Reason}")]
    public static partial void LoadFailed(ILogger logger, string list, string reason);

    [LoggerMessage(102, LogLevel.Information, "List '{List}' is refreshed: {Upserts} entries added or changed, {Removals} withdrawn; complete through {CompleteThrough:u}.")]
    public static partial void ListRefreshed(ILogger logger, string list, long upserts, long removals, DateTimeOffset? completeThrough);

    [LoggerMessage(103, LogLevel.Error, "List '{List}' could not be refreshed; {State}. {Reason}")]
    public static partial void RefreshFailed(ILogger logger, string list, string state, string reason);

    [LoggerMessage(104, LogLevel.Warning, "List '{List}' holds {Rejected} malformed records; they, or their malformed hashes, were left out.")]
    public static partial void RecordsRejected(ILogger logger, string list, long rejected);

    [LoggerMessage(105, LogLevel.Debug, "List '{List}': pages are stored; {Upserts} entries were added or changed, {Removals} withdrawn.")]
    public static partial void PagesStored(ILogger logger, string list, long upserts, long removals);

    [LoggerMessage(106, LogLevel.Information, "List '{List}' is published with {Entries} entries.")]
    public static partial void ListPublished(ILogger logger, string list, int entries);

    [LoggerMessage(107, LogLevel.Information, "List '{List}' is read from its beginning: it never was read, or something else is asked of its registry than before.")]
    public static partial void ListStartedOver(ILogger logger, string list);

    [LoggerMessage(108, LogLevel.Critical, "List '{List}' could not be refreshed, and is tried again. {Reason}")]
    public static partial void ServiceFailed(ILogger logger, string list, string reason);

    [LoggerMessage(109, LogLevel.Error, "List '{List}' had drifted from its registry by {Drift} entries; they are mended. The registry did not tell of them in their turn.")]
    public static partial void ListDrifted(ILogger logger, string list, long drift);

    [LoggerMessage(114, LogLevel.Information, "List '{List}' was compared with its registry from beginning to end: {Drift} entries were not as they should be. {Next}")]
    public static partial void ListReconciled(ILogger logger, string list, long drift, string next);

    [LoggerMessage(115, LogLevel.Error, "List '{List}' could not be compared with its registry; it goes on later. {Reason}")]
    public static partial void ReconcileFailed(ILogger logger, string list, string reason);

    [LoggerMessage(117, LogLevel.Warning, "Of list '{List}' {RejectedHashes} hashes are left out because they would match by accident.")]
    public static partial void HashesLeftOut(ILogger logger, string list, long rejectedHashes);

    [LoggerMessage(118, LogLevel.Warning, "List '{List}' was read from its beginning without {Unseen} of its entries. They stay in use until it is read so again: {Rejected} records were malformed, and may have been theirs.")]
    public static partial void UnseenKept(ILogger logger, string list, long unseen, long rejected);

    [LoggerMessage(119, LogLevel.Warning, "List '{List}' is complete and holds no entry, so that nothing can match: see whether its options keep the right members, and what the account may read.")]
    public static partial void ListEmpty(ILogger logger, string list);

    [LoggerMessage(124, LogLevel.Information, "List '{List}' is being read: {Upserts} entries added or changed so far; share done: {Fraction:P0}.")]
    public static partial void RefreshGoesOn(ILogger logger, string list, long upserts, double? fraction);

    [LoggerMessage(125, LogLevel.Warning, "List '{List}' was compared with its registry, which did not bring {Unseen} of its entries. They stay in use until another comparison does not bring them either.")]
    public static partial void UnseenOnce(ILogger logger, string list, long unseen);

    [LoggerMessage(126, LogLevel.Warning, "SyncOptions.ConfirmedShrinks names the list '{List}', which has nothing left to confirm: take the name out, or the next sudden loss is believed as well.")]
    public static partial void ConfirmationStands(ILogger logger, string list);

    [LoggerMessage(131, LogLevel.Information, "List '{List}' was compared with its registry where the registry's counts did not fit: {Drift} entries were not as they should be.")]
    public static partial void DoubtSettled(ILogger logger, string list, long drift);

    [LoggerMessage(132, LogLevel.Information, "List '{List}' is not compared with its whole registry as a routine: SyncOptions.ReconcileInterval is null.")]
    public static partial void NotCompared(ILogger logger, string list);

    [LoggerMessage(134, LogLevel.Warning, "The registry withdrew {Removed} of the {Entries} entries of list '{List}' at once. That was held back for a day, and nobody refused it: they go now.")]
    public static partial void WithdrawalBelieved(ILogger logger, string list, long removed, long entries);

    [LoggerMessage(135, LogLevel.Warning, "A comparison of list '{List}' met the withdrawal of {Removed} of its {Entries} entries, more than may go within a day. They stay in use until it is decided on what the comparison did not bring. If this is as it should be, name the list in SyncOptions.ConfirmedShrinks.")]
    public static partial void RemovalsLeft(ILogger logger, string list, long removed, long entries);

    [LoggerMessage(136, LogLevel.Error, "A handler that was told of a change of list '{List}' failed. {Reason}")]
    public static partial void HandlerFailed(ILogger logger, string list, string reason);
}
