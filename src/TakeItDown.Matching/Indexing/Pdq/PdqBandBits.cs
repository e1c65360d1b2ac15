using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>Which bits of a hash make up a band.</summary>
/// <param name="Offset">The lowest.</param>
/// <param name="Width">How many.</param>
internal readonly record struct PdqBandBits(int Offset, int Width)
{
    /// <summary>The band's value in a hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Read(ref readonly PdqHash hash)
    {
        ref var words = ref Unsafe.As<PdqHash, ulong>(ref Unsafe.AsRef(in hash));
        var (word, shift) = (Offset >> 6, Offset & 63);
        var value = Unsafe.Add(ref words, word) >> shift;
        if (shift + Width > 64) value |= Unsafe.Add(ref words, word + 1) << (64 - shift);
        return (uint)value & ((1u << Width) - 1);
    }

    /// <summary>Divides the 256 bits of a hash among bands that are as equal as can be, the wider ones first.</summary>
    public static PdqBandBits[] Divide(int bands)
    {
        var all = new PdqBandBits[bands];
        var offset = 0;
        for (var band = 0; band < bands; band++)
        {
            all[band] = new PdqBandBits(offset, (PdqHash.BitCount / bands) + (band < PdqHash.BitCount % bands ? 1 : 0));
            offset += all[band].Width;
        }
        return all;
    }

    /// <summary>
    /// How far around the query's value to look in a band so that no hash within the distance is missed; -1 for not at all.
    /// </summary>
    /// <remarks>
    /// A hash that is outside the radius in every band differs from the query in at least Σ(radius + 1) bits. The radii are the
    /// smallest of which that sum is above the distance: distance / bands in the first distance % bands + 1 bands, and one less in the rest.
    /// </remarks>
    public static int Radius(int band, int bands, int distance) => (distance / bands) - (band <= distance % bands ? 0 : 1);
}
