using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching;

/// <summary>
/// Computes PDQ hashes, bit for bit as the C++ reference implementation does from the same pixels: a picture with a side over 512 pixels
/// is first sampled to 512 x 512 by nearest neighbour.
/// </summary>
public static class PdqHasher
{
    /// <summary>The number of hashes that <see cref="HashDihedral"/> gives.</summary>
    public const int DihedralCount = 8;

    /// <summary>Hashes a picture.</summary>
    public static PdqResult Hash(PixelBuffer picture) => PdqKernel.Best.Hash(picture);

    /// <summary>
    /// Hashes a picture and its seven turned and mirrored variants, in the order as stored, <see cref="Orientation.Rotate90"/> to
    /// <see cref="Orientation.FlipMinus1"/>. The variants come from the spectrum of the picture, at almost no cost.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="hashes">Takes the <see cref="DihedralCount"/> hashes.</param>
    /// <returns>The quality, 0 to 100, the same for all variants.</returns>
    /// <exception cref="ArgumentException"><paramref name="hashes"/> holds fewer than <see cref="DihedralCount"/>.</exception>
    public static int HashDihedral(PixelBuffer picture, Span<PdqHash> hashes)
    {
        if (hashes.Length < DihedralCount) throw new ArgumentException($"There are {DihedralCount} hashes.", nameof(hashes));
        Span<float> spectrum = stackalloc float[PdqSpectrum.Length];
        var quality = PdqKernel.Best.Transform(PdqPicture.Sample(picture), spectrum);
        for (var i = 0; i < DihedralCount; i++) hashes[i] = PdqSpectrum.ToHash(spectrum, PdqSpectrum.DihedralOrder[i]);
        return quality;
    }
}
