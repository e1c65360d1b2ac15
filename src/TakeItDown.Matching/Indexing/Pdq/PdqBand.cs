using System.Numerics;
using System.Runtime.CompilerServices;
using TakeItDown.Matching.Indexing.Memory;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>
/// All hashes by the value of one band of their bits. A bit for each of the 2^width values says whether any hash has it; the values
/// that do occur are numbered in order, and their number leads to the list of the hashes.
/// </summary>
internal sealed class PdqBand(PdqBandBits bits, ulong[] occupied, int[] ranks, AlignedArray<int> names, IntLists lists)
{
    /// <summary>The most values that <see cref="FindLists"/> finds at <see cref="LargestRadius"/> in a band of <see cref="LargestWidth"/>.</summary>
    public const int MostLists = 1 + LargestWidth + (LargestWidth * (LargestWidth - 1) / 2);

    /// <summary>The widest a band may be, in bits.</summary>
    public const int LargestWidth = 24;

    /// <summary>In how many bits at most a value that is looked up may differ from the query's.</summary>
    public const int LargestRadius = 2;

    private const int WordBits = 6;

    // [radius * 64 + place]: the places within a word of 64 bits whose numbers differ from this one in no more bits than the radius.
    private static readonly ulong[] Near = CreateNear();

    /// <summary>Which bits.</summary>
    public PdqBandBits Bits => bits;

    /// <summary>The memory taken, in bytes.</summary>
    public long Bytes => ((long)occupied.Length * sizeof(ulong)) + ((long)ranks.Length * sizeof(int)) + names.Bytes + lists.Bytes;

    /// <summary>Finds the lists of all hashes whose band differs from the query's in at most <paramref name="radius"/> bits.</summary>
    /// <param name="query">The query.</param>
    /// <param name="radius">0 to <see cref="LargestRadius"/>.</param>
    /// <param name="found">Takes the numbers of the lists; room for <see cref="MostLists"/>.</param>
    /// <returns>How many there are.</returns>
    public int FindLists(in PdqHash query, int radius, Span<int> found)
    {
        var value = bits.Read(in query);
        var place = (int)(value & 63);
        var word = (int)(value >> WordBits);
        var flips = 1 << (bits.Width - WordBits);

        // What may differ in two bits within the word may differ in one if the word differs in one already, and so on.
        var count = VisitWord(word, Near[(radius * 64) + place], found, 0);
        if (radius == 0) return count;
        var near = Near[((radius - 1) * 64) + place];
        for (var first = 1; first < flips; first <<= 1)
        {
            count = VisitWord(word ^ first, near, found, count);
            if (radius == 1) continue;
            for (var second = 1; second < first; second <<= 1) count = VisitWord(word ^ first ^ second, 1ul << place, found, count);
        }
        return count;
    }

    /// <summary>The name of a list by its number; a list's hashes are given by <see cref="GetHashes"/>.</summary>
    public int GetName(int list) => names.Span[list];

    /// <summary>The ordinals of the hashes in a list.</summary>
    public ReadOnlySpan<int> GetHashes(ref readonly int name) => lists.Get(in name);

    /// <summary>Starts to load the hashes of a list of more than one.</summary>
    public void PrefetchHashes(int name) => lists.PrefetchRun(name);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int VisitWord(int word, ulong near, Span<int> found, int count)
    {
        var values = occupied[word];
        for (var hits = values & near; hits != 0; hits &= hits - 1)
        {
            var below = (hits & (0 - hits)) - 1;
            var list = ranks[word] + BitOperations.PopCount(values & below);
            Prefetch.Line(ref names.Span[list]);
            found[count++] = list;
        }
        return count;
    }

    private static ulong[] CreateNear()
    {
        var near = new ulong[(LargestRadius + 1) * 64];
        for (var i = 0; i < near.Length; i++)
        {
            for (var place = 0; place < 64; place++)
            {
                if (BitOperations.PopCount((uint)(place ^ (i & 63))) <= i >> WordBits) near[i] |= 1ul << place;
            }
        }
        return near;
    }
}
