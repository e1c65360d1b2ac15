namespace TakeItDown.Matching;

/// <summary>How lists are kept fresh.</summary>
public sealed class SyncOptions
{
    /// <summary>
    /// The time between two refreshes, give or take a tenth, so that a fleet does not ask all at once. A refresh that failed is tried again sooner.
    /// </summary>
    /// <value>A second to 30 days. The default is 30 minutes; NCMEC asks for something between 10 minutes and a day.</value>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How old a list may be before it is stale, and "no match" can no longer be said, but where its options accept it.</summary>
    /// <value>Longer than <see cref="RefreshInterval"/>. The default is 24 hours.</value>
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The time after which a list is read from its beginning again, in short windows, slowly and beside its refreshes, to find and mend what they
    /// have missed. A window in which the
    /// registry's counts do not fit is compared within a day in any case. Whatever is found is logged as an error and shows in
    /// <see cref="ListStatus.Drift"/>.
    /// </summary>
    /// <value>An hour at least; null switches it off. The default is 30 days: NCMEC asks not to be queried for everything as a habit.</value>
    public TimeSpan? ReconcileInterval { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The names of lists that may lose more than half of their entries at once. Empty keeps such entries in use and reports an error at
    /// every refresh, until the list is named here: entries that vanish without a tombstone stay until then, and entries of a list above 1,000 that
    /// the registry withdraws stay for 24 hours at most.
    /// </summary>
    /// <value>The default is none.</value>
    public IList<string> ConfirmedShrinks { get; } = [];

    /// <summary>
    /// The names of lists whose sudden withdrawal of more than half of their entries a person has refused: the entries stay in use, beyond the 24 hours,
    /// for as long as the list is named here and the registry withdraws them.
    /// </summary>
    /// <value>The default is none.</value>
    public IList<string> RefusedShrinks { get; } = [];
}
