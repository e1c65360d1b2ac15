namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>A PDQ hash of an entry. They order by hash, read as a number of 256 bits, then by entry.</summary>
internal readonly record struct PdqEntry(PdqHash Hash, int Entry) : IComparable<PdqEntry>
{
    public int CompareTo(PdqEntry other)
    {
        var (a0, a1, a2, a3) = Hash;
        var (b0, b1, b2, b3) = other.Hash;
        if (a3 != b3) return a3 < b3 ? -1 : 1;
        if (a2 != b2) return a2 < b2 ? -1 : 1;
        if (a1 != b1) return a1 < b1 ? -1 : 1;
        if (a0 != b0) return a0 < b0 ? -1 : 1;
        return Entry.CompareTo(other.Entry);
    }
}
