using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Sqlite;

/// <summary>How many entries of a list there are of each generation: few numbers, since an entry that is not seen again is dropped sooner or later.</summary>
internal sealed class GenerationCounts
{
    private readonly SortedDictionary<long, long> _counts = [];

    public long Total { get; private set; }

    public void Add(long generation, long entries)
    {
        if (entries == 0) return;
        var count = _counts.GetValueOrDefault(generation) + entries;
        if (count < 0) throw SqliteDatabase.Damage("other entries are of a generation than were counted");
        if (count == 0) _counts.Remove(generation);
        else _counts[generation] = count;
        Total += entries;
    }

    /// <summary>How many entries are of a lower generation.</summary>
    public long Before(long generation) => _counts.TakeWhile(count => count.Key < generation).Sum(count => count.Value);

    /// <summary>Forgets the entries of lower generations.</summary>
    public void DropBefore(long generation)
    {
        foreach (var (each, count) in _counts.TakeWhile(count => count.Key < generation).ToList()) Add(each, -count);
    }

    /// <summary>As bytes: each generation and its count, eight bytes each in the order of the machine, which is little-endian wherever .NET runs SQLite.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes<long>(_counts.SelectMany(count => (long[])[count.Key, count.Value]).ToArray()).ToArray();

    public static GenerationCounts Parse(ReadOnlySpan<byte> bytes)
    {
        var counts = new GenerationCounts();
        var numbers = MemoryMarshal.Cast<byte, long>(bytes.ToArray());
        for (var i = 0; i + 1 < numbers.Length; i += 2) counts.Add(numbers[i], numbers[i + 1]);
        return counts;
    }
}
