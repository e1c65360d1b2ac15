using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching.Pictures;

/// <summary>What became of a picture: its hashes, one for each way of looking at it, or why there is none.</summary>
internal sealed class PictureHash
{
    private readonly float[]? _spectrum;
    private readonly List<PictureLook> _looks = [];

    private PictureHash(float[]? spectrum, ScanReason reason)
    {
        _spectrum = spectrum;
        Reason = reason;
    }

    /// <summary>Of the picture as it is stored, 0 to 100.</summary>
    public int Quality => HasHash ? _looks[0].Quality!.Value : 0;

    /// <summary>What kept the picture from being hashed whole; none if nothing did.</summary>
    public ScanReason Reason { get; }

    /// <summary>Whether there is a hash; also of a damaged picture, as far as it could be read.</summary>
    public bool HasHash => _spectrum is not null;

    /// <summary>
    /// The ways of looking at it, as stored first, then as displayed, where that differs, or in all eight orientations; each, where anything shines
    /// through, without its alpha, on white and on black. Those that give a hash which another gave are left out.
    /// </summary>
    public IReadOnlyList<PictureLook> Looks => _looks;

    public static PictureHash Failed(ScanReason reason) => new(null, reason);

    /// <summary>Hashes what was sampled of a picture. One too small to hash has the hash zero and the quality 0.</summary>
    public static PictureHash Compute(PictureSampler sampler, int exifOrientation, ScanReason reason, bool allOrientations)
    {
        var picture = new PictureHash(new float[PdqSpectrum.Length], reason);
        var scratch = new FrameScratch();
        foreach (var (turn, name) in Orientations(exifOrientation, allOrientations)) picture.Add(sampler.Finish(turn), turn, name, scratch);
        scratch.Return();
        return picture;
    }

    /// <summary>Hashes pixels as the reference hashes pictures: with a side over 512, sampled.</summary>
    public static PictureHash Compute(PixelBuffer pixels, int exifOrientation, bool allOrientations)
    {
        using var sampler = new PictureSampler(new DecodeLimits(long.MaxValue, long.MaxValue), allOrientations);
        sampler.Begin(pixels.Width, pixels.Height, exifOrientation);
        ((IPictureSink)sampler).Write(pixels);
        return Compute(sampler, exifOrientation, ScanReason.None, allOrientations);
    }

    /// <summary>Hashes pixels as the reference hashes frames of videos: at full size, whatever that is.</summary>
    public static PictureHash ComputeWhole(PixelBuffer frame, int exifOrientation, bool allOrientations, FrameScratch scratch)
    {
        var picture = new PictureHash(new float[PdqSpectrum.Length], ScanReason.None);
        foreach (var (turn, name) in Orientations(exifOrientation, allOrientations)) picture.Add(frame, turn, name, scratch);
        return picture;
    }

    /// <summary>The hash of the picture as it is stored, with its alpha dropped.</summary>
    public PdqHash AsStored() => _looks[0].Hash;

    /// <summary>The hashes of the eight orientations that the reference derives from the picture as it is stored, in its order.</summary>
    public PdqHash[] Dihedral()
    {
        var hashes = new PdqHash[PdqHasher.DihedralCount];
        for (var i = 0; i < hashes.Length; i++) hashes[i] = PdqSpectrum.ToHash(_spectrum, PdqSpectrum.DihedralOrder[i]);
        return hashes;
    }

    /// <summary>Whether there is too little in it, however it is looked at, to tell it from others.</summary>
    public bool IsTooPlain(int minimumQuality) => _looks.TrueForAll(look => look.IsTooPlain(minimumQuality));

    /// <summary>The orientations to look at, and what each is called, as stored first.</summary>
    private static List<(Orientation Turn, Orientation Name)> Orientations(int exifOrientation, bool allOrientations)
    {
        var displayed = PdqSpectrum.FromExif(exifOrientation);
        var orientations = new List<(Orientation, Orientation)> { (Orientation.AsStored, Orientation.AsStored) };
        if (displayed != Orientation.AsStored) orientations.Add((displayed, Orientation.AsDisplayed));
        if (!allOrientations) return orientations;
        foreach (var turn in PdqSpectrum.DihedralOrder[1..])
        {
            if (turn != displayed) orientations.Add((turn, turn));
        }
        return orientations;
    }

    private void Add(PixelBuffer stored, Orientation orientation, Orientation name, FrameScratch scratch)
    {
        var turn = PictureTurn.Of(orientation);
        var (width, height) = turn.Exchange ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        if (turn.IsNone) Add(stored, name, isLaid: false);
        if (turn.IsNone && Transparency.IsOpaque(stored)) return;

        var copy = scratch.Take(stored.Width * stored.Height * PixelBuffer.BytesPerPixel(stored.Format));
        if (!turn.IsNone)
        {
            turn.Write(stored, copy);
            Add(new PixelBuffer(copy, width, height, stored.Format), name, isLaid: false);
            if (Transparency.IsOpaque(stored)) return;
        }
        foreach (var background in (ReadOnlySpan<byte>)[255, 0])
        {
            turn.Write(stored, copy);
            Transparency.Lay(copy, background, copy);
            Add(new PixelBuffer(copy, width, height, stored.Format), name, isLaid: true);
        }
    }

    private void Add(PixelBuffer pixels, Orientation name, bool isLaid)
    {
        Span<float> spectrum = _looks.Count == 0 ? _spectrum : stackalloc float[PdqSpectrum.Length];
        var quality = PdqKernel.Best.Transform(PdqPicture.Whole(pixels), spectrum);
        var hash = PdqSpectrum.ToHash(spectrum, Orientation.AsStored);
        // One that shows the same with its alpha dropped stays beside one that is laid on a background, which may not be enforced.
        if (!_looks.Exists(look => look.Hash == hash && look.Quality >= quality && (isLaid || !look.IsLaid)))
            _looks.Add(new PictureLook { Hash = hash, Part = 0, Quality = quality, Orientation = name, Way = WayOf(name, isLaid) });
    }

    private static MatchWays WayOf(Orientation name, bool isLaid)
    {
        var turned = name is Orientation.AsStored or Orientation.AsDisplayed ? MatchWays.None : MatchWays.Turned;
        var ways = turned | (isLaid ? MatchWays.Backgrounds : MatchWays.None);
        return ways == MatchWays.None ? MatchWays.Whole : ways;
    }
}
