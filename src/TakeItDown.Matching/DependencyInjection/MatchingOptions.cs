namespace TakeItDown.Matching;

/// <summary>How uploads are compared with the lists, and what a single upload may cost.</summary>
public sealed class MatchingOptions
{
    /// <summary>
    /// The most bits in which two PDQ hashes may differ and still match, 0 to 256. Default 31 of 256: the threshold that the authors of PDQ
    /// recommend.
    /// </summary>
    public int PdqDistance { get; set; } = 31;

    /// <summary>
    /// The PDQ quality, 0 to 100, under which a picture is too plain to be told from others; the scan then answers "not scannable" unless a
    /// digest matches. Default 50: what the authors of PDQ recommend.
    /// </summary>
    public int MinimumQuality { get; set; } = 50;

    /// <summary>
    /// Whether a picture is looked up in all eight turned and mirrored variants. Default false: as stored, and, where its EXIF orientation
    /// says that viewers turn it, as displayed.
    /// </summary>
    public bool AllOrientations { get; set; }

    /// <summary>The most bytes of an upload. Default 4 GiB. A larger one is read no further and is "not scannable".</summary>
    public long MaximumBytes { get; set; } = 4L << 30;

    /// <summary>The most pixels that a picture's header may promise. Default 200 million. Larger pictures are refused before any is decoded.</summary>
    public long MaximumPixels { get; set; } = 200_000_000;

    /// <summary>
    /// The most memory that decoding one picture may take, in bytes. Default 256 MiB. It bounds the formats that must be decoded whole:
    /// WebP up to 67 megapixels, HEIF and AVIF up to 45, progressive JPEG up to about 90.
    /// </summary>
    public long MaximumDecodeBytes { get; set; } = 256L << 20;

    /// <summary>The longest that a scan may take, reading the upload included. Default two minutes.</summary>
    public TimeSpan MaximumScanTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Uploads up to this size are held in memory; larger ones go to a private temporary file. In bytes; default 4 MiB.</summary>
    public int BufferBytes { get; set; } = 4 << 20;

    /// <summary>The directory of temporary files. Default: the system's. It needs room for every large upload under way.</summary>
    public string TemporaryDirectory { get; set; } = Path.GetTempPath();

    /// <summary>
    /// How many pictures are decoded at a time; others wait, up to 16 for each of these, beyond which a scan answers "busy". Default: the number of
    /// cores.
    /// </summary>
    public int MaximumDecodes { get; set; } = Environment.ProcessorCount;
}
