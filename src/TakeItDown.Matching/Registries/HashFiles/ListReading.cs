namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>What was read of a list file.</summary>
internal sealed class ListReading(ListFormat format, EntryCollector entries)
{
    /// <summary>How many places are remembered; of the rest, the number is enough for whoever mends the file.</summary>
    public const int PlaceLimit = 20;

    private readonly long[] _counts = new long[Enum.GetValues<ReadOutcome>().Length];
    private readonly List<(long Place, bool IsTooLong)> _unread = [];

    public ListFormat Format { get; } = format;

    public EntryCollector Entries { get; } = entries;

    /// <summary>The first places that could not be read, and whether because of their length.</summary>
    public IReadOnlyList<(long Place, bool IsTooLong)> Unread => _unread;

    /// <summary>The line from which on the document is malformed, counted from 1; null where it is sound.</summary>
    public long? DamagedFrom { get; set; }

    /// <summary>Whether something could not be read.</summary>
    public bool IsIncomplete => Count(ReadOutcome.Unread) > 0 || DamagedFrom is not null;

    /// <summary>How many lines or records ended in one way.</summary>
    public long Count(ReadOutcome outcome) => _counts[(int)outcome];

    /// <summary>Counts a line or record.</summary>
    public void Tell(ReadOutcome outcome, bool isTooLong = false)
    {
        if (outcome == ReadOutcome.NeedsKind)
        {
            throw new ListFormatException(
                "The list does not tell of what kind its hashes are: give the kind, md5, sha1, sha256 or pdq (64 digits may be SHA-256 or PDQ).");
        }
        _counts[(int)outcome]++;
        if (outcome == ReadOutcome.Unread && _unread.Count < PlaceLimit) _unread.Add((Entries.Place, isTooLong));
    }
}
