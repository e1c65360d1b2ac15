using System.Numerics;
using TakeItDown.Matching.Indexing.Memory;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>Sorts hashes into the lists of one band, by counting: the work is in proportion to the hashes, whatever they are.</summary>
internal static class PdqBandBuilder
{
    private const int HashesBetweenChecks = 1 << 16;

    /// <summary>Builds a band.</summary>
    /// <param name="bits">Which bits.</param>
    /// <param name="hashes">All hashes.</param>
    /// <param name="memory">To work in; at least one int for each of the band's 2^width values. A worker keeps it from band to band.</param>
    /// <param name="cancellationToken">Whether to go on.</param>
    public static PdqBand Build(PdqBandBits bits, ReadOnlySpan<PdqHash> hashes, Span<int> memory, CancellationToken cancellationToken)
    {
        var counts = memory[..(1 << bits.Width)];
        counts.Clear();
        for (var start = 0; start < hashes.Length; start += HashesBetweenChecks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly var hash in hashes[start..Math.Min(hashes.Length, start + HashesBetweenChecks)]) counts[(int)bits.Read(in hash)]++;
        }

        var (occupied, ranks, namesLength, runsLength) = Number(counts);
        var names = new AlignedArray<int>(namesLength);
        var runs = new int[runsLength];
        Lay(counts, names.Span, runs);
        for (var start = 0; start < hashes.Length; start += HashesBetweenChecks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(hashes.Length, start + HashesBetweenChecks);
            for (var ordinal = start; ordinal < end; ordinal++)
            {
                ref var cursor = ref counts[(int)bits.Read(in hashes[ordinal])];
                if (cursor < 0) names.Span[~cursor] = ordinal;
                else runs[cursor++] = ordinal;
            }
        }
        return new PdqBand(bits, occupied, ranks, names, new IntLists(runs));
    }

    private static (ulong[] Occupied, int[] Ranks, int Names, int Runs) Number(ReadOnlySpan<int> counts)
    {
        var occupied = new ulong[counts.Length / 64];
        var ranks = new int[occupied.Length];
        var (names, runs) = (0, 0);
        for (var word = 0; word < occupied.Length; word++)
        {
            ranks[word] = names;
            for (var place = 0; place < 64; place++)
            {
                var count = counts[(word * 64) + place];
                if (count > 0) occupied[word] |= 1ul << place;
                if (count > 1) runs = checked(runs + 1 + count);
            }
            names += BitOperations.PopCount(occupied[word]);
        }
        return (occupied, ranks, names, runs);
    }

    // Turns each count into where the value's next hash goes: a place in the runs or, as the complement, the name that is the one hash itself.
    private static void Lay(Span<int> counts, Span<int> names, Span<int> runs)
    {
        var (name, run) = (0, 0);
        foreach (ref var count in counts)
        {
            if (count == 0) continue;
            if (count == 1)
            {
                count = ~name++;
                continue;
            }
            names[name++] = ~run;
            runs[run] = count;
            (count, run) = (run + 1, run + 1 + count);
        }
    }
}
