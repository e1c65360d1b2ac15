using System.Collections.Frozen;

namespace TakeItDown.Matching;

/// <summary>
/// How uploads are compared with one list. Changes are followed while the process runs; one that is not valid is reported, and what held
/// before it goes on to hold.
/// </summary>
public sealed class ListOptions
{
    private FrozenSet<HashValue>? _suppressedHashes;

    /// <summary>
    /// Whether uploads are compared with the list. A list that is switched off has no say in any verdict, not even by being
    /// stale or never synced; it is kept fresh all the same, so that it can be switched on at once.
    /// </summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// What becomes of what the list finds. With <see cref="ListMode.ReportOnly"/> the list is tried: the verdict is
    /// what it would be were the list switched off, and <see cref="ScanResult.ReportOnly"/> says what it would be were the list enforced.
    /// </summary>
    /// <value>The default is <see cref="ListMode.Enforce"/>.</value>
    public ListMode Mode { get; set; }

    /// <summary>
    /// The share of uploads that are compared with the list. It is for rolling a list out gently: for an upload outside
    /// the share the list is as if switched off. Which uploads those are depends on their bytes alone, so that the same file always gets the
    /// same answer, on every machine; and a larger share holds all of a smaller one.
    /// </summary>
    /// <value>0 to 1. The default is 1.</value>
    public double TrafficShare { get; set; } = 1;

    /// <summary>
    /// The kinds of hash that are compared. Without <see cref="HashKinds.Pdq"/> only equal files are
    /// found; where no list in use compares by PDQ, pictures and videos are not decoded.
    /// </summary>
    /// <value>The default is every kind that the list holds.</value>
    public HashKinds Kinds { get; set; } = HashKinds.All;

    /// <summary>
    /// The most bits in which two PDQ hashes may differ and still match.
    /// </summary>
    /// <value>0 to 256. The default is null: as <see cref="MatchingOptions.PdqDistance"/> says.</value>
    public int? PdqDistance { get; set; }

    /// <summary>
    /// Whether "no match" may be said of the list while it is older than <see cref="SyncOptions.MaximumAge"/>. Without, the answer is
    /// "list unavailable"; with it, <see cref="ScanResult.IsStale"/> says that entries may be missing. A list that was never synced is
    /// "list unavailable" in any case.
    /// </summary>
    /// <value>The default is false.</value>
    public bool AcceptStale { get; set; }

    /// <summary>
    /// Entries that a person judged to be wrong, each with its <c>Member</c> and <c>Id</c> as matches name them. They match nothing.
    /// They stand in configuration, so that they outlast a restart, reach a whole fleet, and are changed by those who may.
    /// </summary>
    /// <value>The default is none.</value>
    public ISet<EntryKey> Suppressed { get; } = new HashSet<EntryKey>();

    /// <summary>
    /// Listed hashes that a person judged to be wrong, each as its kind and its value in hexadecimal: <c>md5:…</c>, <c>sha1:…</c>, <c>sha256:…</c> or
    /// <c>pdq:…</c>. They match nothing, whichever entries carry them, while the other hashes of those entries do. A PDQ hash is the listed one,
    /// bit for bit: what is near it and near another listed hash still matches that one.
    /// </summary>
    /// <value>The default is none.</value>
    public IList<string> SuppressedHashes { get; } = [];

    /// <summary>
    /// The most uploads that one entry is expected to match within <see cref="FloodWindow"/>, counted by each process. Beyond it the entry is
    /// reported: in the log, as <c>takeitdown.floods</c>, and by <see cref="ListStatus.Floods"/>.
    /// </summary>
    /// <value>The default is 1000; null counts nothing.</value>
    public int? FloodLimit { get; set; } = 1000;

    /// <summary>The time within which uploads are counted.</summary>
    /// <value>A minute to a week. The default is one hour.</value>
    public TimeSpan FloodWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether an entry that was reported is in quarantine, until it has kept within the limit for a whole window: what it finds is no match but
    /// "not scannable", with the reason <see cref="ScanReason.Quarantined"/>. Otherwise its matches go on to count.
    /// </summary>
    /// <value>The default is false.</value>
    public bool QuarantineFloods { get; set; }

    /// <summary>Whether any upload is compared with the list.</summary>
    internal bool IsInUse => Enabled && TrafficShare > 0;

    /// <summary>Whether a listed hash matches nothing. To be asked of options that were validated, and change no more.</summary>
    internal bool Suppresses(HashValue listed) => SuppressedHashes.Count > 0 && (_suppressedHashes ??= ParseSuppressedHashes()).Contains(listed);

    /// <summary>Reads a hash as <see cref="SuppressedHashes"/> has it.</summary>
    internal static bool TryParseHash(string? text, out HashValue hash)
    {
        var parts = (text ?? "").Split(':', 2);
        return HashValue.TryParse(HashKindExtensions.FromName(parts[0]), parts[^1], out hash);
    }

    private FrozenSet<HashValue> ParseSuppressedHashes() =>
        SuppressedHashes.Select(text => TryParseHash(text, out var hash) ? hash : default).ToFrozenSet();
}
