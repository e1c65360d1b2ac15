namespace TakeItDown.Matching.Registries;

/// <summary>What to do about a page that does not hold what the registry counts.</summary>
internal enum GapVerdict
{
    /// <summary>The page may have lost records on its way: ask for it again.</summary>
    AskAgain = 0,

    /// <summary>The registry counts so: read on, and compare later.</summary>
    OwnNumbering,

    /// <summary>The page comes otherwise every time.</summary>
    Unsteady,
}

/// <summary>
/// Tells a registry that counts otherwise than we do from a page that lost records on its way: the page is asked for once more, and what comes
/// again as it was is how the registry counts.
/// </summary>
internal sealed class GapJudge
{
    /// <summary>After so many gaps that came again, those to come are believed: otherwise such a registry would be asked for everything twice.</summary>
    private const int Proofs = 3;

    /// <summary>How often one page is asked for before it is unsteady.</summary>
    private const int Attempts = 3;

    private string? _place;
    private long? _next;
    private IReadOnlyList<ListEntry> _entries = [];
    private long _records;
    private int _attempts, _proofs;

    /// <summary>Judges a page with a gap.</summary>
    /// <param name="place">What the page was asked for by.</param>
    /// <param name="entries">Its entries.</param>
    /// <param name="records">How many records it has.</param>
    /// <param name="next">The number of the next page's first record, 0 where it has none; null on the last page. Its address may be another every time.</param>
    public GapVerdict Judge(string place, IReadOnlyList<ListEntry> entries, long records, long? next)
    {
        if (_proofs >= Proofs) return GapVerdict.OwnNumbering;
        if (place == _place && records == _records && next == _next && PageTrail.IsSame(entries, _entries))
        {
            _proofs++;
            (_place, _entries) = (null, []);
            return GapVerdict.OwnNumbering;
        }
        _attempts = place == _place ? _attempts + 1 : 1;
        (_place, _next, _records, _entries) = (place, next, records, entries);
        return _attempts > Attempts ? GapVerdict.Unsteady : GapVerdict.AskAgain;
    }
}
