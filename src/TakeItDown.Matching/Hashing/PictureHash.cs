using TakeItDown.Matching.Hashing.Pdq;

namespace TakeItDown.Matching.Hashing;

/// <summary>What became of a picture: its spectrum, from which the hash of any orientation comes, or why there is none.</summary>
internal sealed class PictureHash
{
    private readonly float[]? _spectrum;
    private readonly int _exifOrientation;

    private PictureHash(float[]? spectrum, int quality, int exifOrientation, ScanReason reason)
    {
        _spectrum = spectrum;
        _exifOrientation = exifOrientation;
        Quality = quality;
        Reason = reason;
    }

    /// <summary>0 to 100.</summary>
    public int Quality { get; }

    /// <summary>What kept the picture from being hashed whole; none if nothing did.</summary>
    public ScanReason Reason { get; }

    /// <summary>Whether there is a hash; also of a damaged picture, as far as it could be read.</summary>
    public bool HasHash => _spectrum is not null;

    public static PictureHash Failed(ScanReason reason) => new(null, 0, 1, reason);

    /// <summary>Hashes a picture. One too small to hash has the hash zero and the quality 0.</summary>
    public static PictureHash Compute(PdqPicture picture, int exifOrientation, ScanReason reason)
    {
        var spectrum = new float[PdqSpectrum.Length];
        var quality = PdqKernel.Best.Transform(picture, spectrum);
        return new PictureHash(spectrum, quality, exifOrientation, reason);
    }

    /// <summary>The hash of the picture as it is stored.</summary>
    public PdqHash AsStored() => ToHash(Orientation.AsStored);

    /// <summary>The orientations to look up: as stored; as displayed, where that differs; or all eight.</summary>
    public (Orientation? Name, PdqHash Hash)[] ForLookup(bool allOrientations)
    {
        var displayed = PdqSpectrum.FromExif(_exifOrientation);
        if (allOrientations)
        {
            var all = new (Orientation? Name, PdqHash Hash)[PdqHasher.DihedralCount];
            for (var i = 0; i < all.Length; i++)
            {
                var turn = PdqSpectrum.DihedralOrder[i];
                all[i] = (turn == displayed && turn != Orientation.AsStored ? Orientation.AsDisplayed : turn, ToHash(turn));
            }
            return all;
        }
        return displayed == Orientation.AsStored
            ? [(Orientation.AsStored, AsStored())]
            : [(Orientation.AsStored, AsStored()), (Orientation.AsDisplayed, ToHash(displayed))];
    }

    private PdqHash ToHash(Orientation orientation) =>
        _spectrum is null ? throw new InvalidOperationException("There is no hash.") : PdqSpectrum.ToHash(_spectrum, orientation);
}
