namespace TakeItDown.Matching;

/// <summary>How uploads are compared with the lists, and what a single upload may cost.</summary>
public sealed class MatchingOptions
{
    /// <summary>
    /// The most bits in which two PDQ hashes may differ and still match.
    /// </summary>
    /// <value>0 to 256. The default is 31: the threshold that the authors of PDQ recommend.</value>
    public int PdqDistance { get; set; } = 31;

    /// <summary>
    /// The PDQ quality under which a picture is too plain to be told from others; the scan then answers "not scannable" unless a digest matches.
    /// </summary>
    /// <value>0 to 100. The default is 50: what the authors of PDQ recommend.</value>
    public int MinimumQuality { get; set; } = 50;

    /// <summary>
    /// Whether a picture is looked up in all eight turned and mirrored variants, and not only as stored and, where its EXIF orientation says that viewers turn
    /// it, as displayed.
    /// </summary>
    /// <value>The default is false.</value>
    public bool AllOrientations { get; set; }

    /// <summary>
    /// The ways of looking at content that are tried: what is found in them, and what goes wrong in them, is recorded in
    /// <see cref="ScanResult.ReportOnly"/> and decides nothing. Whole cannot be among them; to try a whole list, set <see cref="ListOptions.Mode"/>.
    /// </summary>
    /// <value>The default is <see cref="MatchWays.None"/>: every way is enforced.</value>
    public MatchWays ReportOnly { get; set; }

    /// <summary>The most bytes of an upload. A larger one is read no further and is "not scannable".</summary>
    /// <value>The default is 4 GiB.</value>
    public long MaximumBytes { get; set; } = 4L << 30;

    /// <summary>The longest content that can be looked at in one piece. Only tests make it shorter.</summary>
    internal int LongestSpan { get; set; } = int.MaxValue;

    /// <summary>
    /// The longest that a scan may take, reading the upload included. It ends waits at once and work between rows; a JPEG, which
    /// libjpeg-turbo decodes in one go, is decoded to its end first.
    /// </summary>
    /// <value>Under a day. The default is two minutes.</value>
    public TimeSpan MaximumScanTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Uploads up to this size are held in memory; larger ones go to a private temporary file. In bytes.</summary>
    /// <value>4 KiB to 1 GiB. The default is 4 MiB.</value>
    public int BufferBytes { get; set; } = 4 << 20;

    /// <summary>The directory of temporary files. It needs room for every large upload under way.</summary>
    /// <value>The default is the system's.</value>
    public string TemporaryDirectory { get; set; } = Path.GetTempPath();

    /// <summary>What decoding a picture may cost, and which libvips does it.</summary>
    public DecodingOptions Decoding { get; } = new();

    /// <summary>How videos are looked at, and what that may cost.</summary>
    public VideoOptions Video { get; } = new();

    /// <summary>
    /// How lists are kept fresh. These are followed while the process runs; <see cref="SyncOptions"/> that are configured as options of their own go before
    /// these.
    /// </summary>
    public SyncOptions Sync { get; } = new();

    /// <summary>Where ffmpeg and ffprobe are, for tests; null for the PATH.</summary>
    internal string? FfmpegDirectory { get; set; }
}
