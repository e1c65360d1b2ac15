using System.Numerics;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pdq;

/// <summary>
/// The 16 x 16 spatial frequencies of a picture, and the hashes to be had from them. Turning or mirroring a picture only transposes
/// its spectrum and flips signs, so that all eight variants come from one transform.
/// </summary>
internal static class PdqSpectrum
{
    public const int Side = 16;
    public const int Length = Side * Side;

    /// <summary>The order of the eight variants in <see cref="PdqHasher.HashDihedral"/> and in reference tables.</summary>
    public static ReadOnlySpan<Orientation> DihedralOrder =>
    [
        Orientation.AsStored, Orientation.Rotate90, Orientation.Rotate180, Orientation.Rotate270,
        Orientation.FlipX, Orientation.FlipY, Orientation.FlipPlus1, Orientation.FlipMinus1,
    ];

    /// <summary>How a viewer turns a stored picture, by its EXIF orientation (1 to 8).</summary>
    public static Orientation FromExif(int exifOrientation) => exifOrientation switch
    {
        2 => Orientation.FlipY,
        3 => Orientation.Rotate180,
        4 => Orientation.FlipX,
        5 => Orientation.FlipPlus1,
        6 => Orientation.Rotate270,
        7 => Orientation.FlipMinus1,
        8 => Orientation.Rotate90,
        _ => Orientation.AsStored,
    };

    /// <summary>The hash: a bit for each frequency, set where it is above the median of all 256.</summary>
    public static PdqHash ToHash(ReadOnlySpan<float> spectrum, Orientation orientation)
    {
        Span<float> turned = stackalloc float[Length];
        Turn(spectrum[..Length], orientation, turned);
        var median = LowerMedian(turned);
        Span<ulong> words = stackalloc ulong[4];
        for (var i = 0; i < Length; i++)
        {
            if (turned[i] > median) words[i >> 6] |= 1UL << (i & 63);
        }
        return new PdqHash(words[0], words[1], words[2], words[3]);
    }

    /// <summary>The spectrum of the turned picture: transposed or not, odd frequencies along an axis negated or not.</summary>
    private static void Turn(ReadOnlySpan<float> spectrum, Orientation orientation, Span<float> turned)
    {
        var turn = PictureTurn.Of(orientation);
        var (flipRows, flipColumns) = turn.Exchange ? (turn.ReverseColumns, turn.ReverseRows) : (turn.ReverseRows, turn.ReverseColumns);
        for (var i = 0; i < Side; i++)
        {
            for (var j = 0; j < Side; j++)
            {
                var value = turn.Exchange ? spectrum[(j * Side) + i] : spectrum[(i * Side) + j];
                // Index 0 is frequency 1: even indexes are the odd frequencies, which change sign when their axis is reversed.
                var negate = (flipRows && i % 2 == 0) ^ (flipColumns && j % 2 == 0);
                turned[(i * Side) + j] = negate ? -value : value;
            }
        }
    }

    /// <summary>
    /// The 128th smallest of 256 values, found bit by bit: floats compare as integers once negative ones are turned over, and the
    /// largest prefix that fewer than 128 values lie below is the value itself.
    /// </summary>
    private static float LowerMedian(ReadOnlySpan<float> values)
    {
        Span<uint> keys = stackalloc uint[Length];
        var bits = MemoryMarshal.Cast<float, uint>(values);
        for (var i = 0; i < Length; i++) keys[i] = bits[i] ^ ((uint)((int)bits[i] >> 31) | 0x80000000u);

        uint median = 0;
        for (var bit = 0x80000000u; bit != 0; bit >>= 1)
        {
            if (CountBelow(keys, median | bit) < Length / 2) median |= bit;
        }
        return BitConverter.UInt32BitsToSingle((median & 0x80000000u) != 0 ? median ^ 0x80000000u : ~median);
    }

    private static int CountBelow(ReadOnlySpan<uint> keys, uint limit)
    {
        var limits = new Vector<uint>(limit);
        var below = Vector<uint>.Zero;
        foreach (var lane in MemoryMarshal.Cast<uint, Vector<uint>>(keys)) below -= Vector.LessThan(lane, limits);
        return (int)Vector.Sum(below);
    }
}
