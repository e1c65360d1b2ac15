namespace TakeItDown.Matching;

/// <summary>
/// How uploads are compared with one list. Changes are followed while the process runs; one that is not valid is reported, and what held
/// before it goes on to hold.
/// </summary>
public sealed class ListOptions
{
    /// <summary>
    /// Whether uploads are compared with the list. Default true. A list that is switched off has no say in any verdict, not even by being
    /// stale or never synced; it is kept fresh all the same, so that it can be switched on at once.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The share of uploads that are compared with the list, 0 to 1. Default 1. It is for rolling a list out gently: for an upload outside
    /// the share the list is as if switched off. Which uploads those are depends on their bytes alone, so that the same file always gets the
    /// same answer, on every machine; and a larger share holds all of a smaller one.
    /// </summary>
    public double TrafficShare { get; set; } = 1;

    /// <summary>
    /// The kinds of hash that are compared. Default: every kind that the list holds. Without <see cref="HashKinds.Pdq"/> only equal files are
    /// found; where no list in use compares by PDQ, pictures and videos are not decoded.
    /// </summary>
    public HashKinds Kinds { get; set; } = HashKinds.All;

    /// <summary>
    /// The most bits in which two PDQ hashes may differ and still match, 0 to 256. Default null: as <see cref="MatchingOptions.PdqDistance"/> says.
    /// </summary>
    public int? PdqDistance { get; set; }

    /// <summary>Whether any upload is compared with the list.</summary>
    internal bool IsInUse => Enabled && TrafficShare > 0;
}
