namespace TakeItDown.Matching;

/// <summary>
/// Tells registries what a reviewer found: that an entry of a list rightly matched, or for which reasons it is wrong. What is said is kept in
/// the list store and sent by a hosted service, tried again for as long as it takes.
/// </summary>
/// <remarks>
/// Later feedback on the same kind of hash of the same entry replaces the earlier. The same feedback again changes nothing, for 90 days
/// after it was sent.
/// </remarks>
public interface IListFeedback
{
    /// <summary>Whether feedback can be given: the list is registered, its registry takes feedback on this kind of hash, and the store keeps it.</summary>
    bool Supports(string list, HashKind kind);

    /// <summary>The reasons for which a registry lets an entry be called wrong, for a reviewer to choose from. They are kept for an hour.</summary>
    /// <param name="list">The name of the list.</param>
    /// <param name="kind">The kind of hash that matched.</param>
    /// <param name="cancellationToken">Stops at once. A registry that does not answer is asked again for a while: give it a limit.</param>
    /// <exception cref="ArgumentException">No list is registered under that name.</exception>
    /// <exception cref="NotSupportedException">See <see cref="Supports"/>.</exception>
    /// <exception cref="ListSourceException">The registry could not be read, and its reasons are not known from before.</exception>
    Task<IReadOnlyList<FeedbackReason>> GetReasonsAsync(string list, HashKind kind, CancellationToken cancellationToken = default);

    /// <summary>Says that a match is right. When it returns, the store holds it.</summary>
    /// <param name="match">What the scan found; only the list, the member, the entry and the kind count.</param>
    /// <param name="cancellationToken">Stops before anything is kept.</param>
    /// <exception cref="ArgumentException">No list is registered under that name, or the match names no entry.</exception>
    /// <exception cref="NotSupportedException">See <see cref="Supports"/>.</exception>
    /// <exception cref="ListStoreException">The store could not keep it.</exception>
    Task AffirmAsync(Match match, CancellationToken cancellationToken = default);

    /// <summary>Says for which reasons an entry is wrong. When it returns, the store holds it.</summary>
    /// <param name="match">What the scan found; only the list, the member, the entry and the kind count.</param>
    /// <param name="reasonIds">
    /// The <see cref="FeedbackReason.Id"/> of at least one reason, up to 64. One that the registry does not know is refused by it, not here: a
    /// reviewer's feedback is taken while the registry is away, too.
    /// </param>
    /// <param name="cancellationToken">Stops before anything is kept.</param>
    /// <exception cref="ArgumentException">As for <see cref="AffirmAsync(Match, CancellationToken)"/>; or there is no reason, too many, or one that is malformed.</exception>
    /// <exception cref="NotSupportedException">See <see cref="Supports"/>.</exception>
    /// <exception cref="ListStoreException">The store could not keep it.</exception>
    Task DisputeAsync(Match match, IEnumerable<string> reasonIds, CancellationToken cancellationToken = default);

    /// <summary>Says that everything is right that a scan found: its matches and what is in quarantine.</summary>
    /// <param name="result">What the scan answered. To speak of what was only reported, hand in <see cref="ScanResult.ReportOnly"/>.</param>
    /// <param name="cancellationToken">Stops before the next match; what was kept stays kept.</param>
    /// <returns>What became of the feedback on each match, in their order. Each is kept whole or not at all.</returns>
    /// <exception cref="ListStoreException">The store could not keep it. What was kept before stays kept, and to say it again changes nothing.</exception>
    Task<IReadOnlyList<FeedbackReceipt>> AffirmAsync(ScanResult result, CancellationToken cancellationToken = default);

    /// <summary>Says for which reasons everything is wrong that a scan found: its matches and what is in quarantine.</summary>
    /// <param name="result">What the scan answered. To speak of what was only reported, hand in <see cref="ScanResult.ReportOnly"/>.</param>
    /// <param name="reasonIds">
    /// The ids of at least one reason, up to 64. Where the reasons of a registry are known, because <see cref="GetReasonsAsync"/> has read them, it is
    /// told of those that are among them; otherwise of all.
    /// </param>
    /// <param name="cancellationToken">Stops before the next match; what was kept stays kept.</param>
    /// <returns>What became of the feedback on each match, in their order. Each is kept whole or not at all.</returns>
    /// <exception cref="ArgumentException">There is no reason, too many, or one that is malformed; nothing was kept.</exception>
    /// <exception cref="ListStoreException">The store could not keep it. What was kept before stays kept, and to say it again changes nothing.</exception>
    Task<IReadOnlyList<FeedbackReceipt>> DisputeAsync(ScanResult result, IEnumerable<string> reasonIds, CancellationToken cancellationToken = default);
}
