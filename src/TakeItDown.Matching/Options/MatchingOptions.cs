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

    /// <summary>
    /// The ways of looking at content that are tried: what is found in them, and what goes wrong in them, is recorded in
    /// <see cref="ScanResult.ReportOnly"/> and decides nothing. Default <see cref="MatchWays.None"/>: every way is enforced. Whole cannot be among
    /// them; to try a whole list, set <see cref="ListOptions.Mode"/>.
    /// </summary>
    public MatchWays ReportOnly { get; set; }

    /// <summary>The most bytes of an upload. Default 4 GiB. A larger one is read no further and is "not scannable".</summary>
    public long MaximumBytes { get; set; } = 4L << 30;

    /// <summary>The longest content that can be looked at in one piece. Only tests make it shorter.</summary>
    internal int LongestSpan { get; set; } = int.MaxValue;

    /// <summary>The most pixels that a picture's header may promise. Default 200 million. Larger pictures are refused before any is decoded.</summary>
    public long MaximumPixels { get; set; } = 200_000_000;

    /// <summary>
    /// The most memory that decoding one picture may take, in bytes. Default 256 MiB. It bounds the formats that must be decoded whole:
    /// GIF and WebP up to 33 megapixels, HEIF and AVIF up to 45, progressive JPEG up to about 90.
    /// </summary>
    public long MaximumDecodeBytes { get; set; } = 256L << 20;

    /// <summary>
    /// The longest that a scan may take, reading the upload included. Default two minutes. It ends waits at once and work between rows; a JPEG, which
    /// libjpeg-turbo decodes in one go, is decoded to its end first.
    /// </summary>
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

    /// <summary>
    /// Which libvips decodes pictures, where the system has one and the application brings another. Default <see cref="LibvipsSource.Automatic"/>. It is one
    /// for the whole process: the first host in it decides. <c>takeitdown doctor</c> and the health check say which it is and what it cannot read.
    /// </summary>
    public LibvipsSource Libvips { get; set; }

    /// <summary>
    /// The time between the frames of a video that are hashed, 40 ms to an hour. Default one second, as vPDQ's reference has it: only frames
    /// chosen alike have hashes that compare well.
    /// </summary>
    public TimeSpan FrameInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether only the keyframes of a video are decoded, which takes an eighth to a half of the time and finds less: what is shown between two
    /// keyframes only is never seen (of vPDQ's six sample videos, 35 of the 63 frames that are otherwise hashed were found), and a cut file is not
    /// noticed. Default false.
    /// </summary>
    public bool KeyframesOnly { get; set; }

    /// <summary>
    /// The share of an upload's frames, above 0 and up to 1, that must be among those of a listed video to match it. Default 0.8. Frames that are too
    /// plain or show the same as another do not count.
    /// </summary>
    public double MinimumQueryShare { get; set; } = 0.8;

    /// <summary>
    /// The share of a listed video's frames, above 0 and up to 1, that must be among those of an upload to match it, whatever else the upload
    /// shows. Default 0.8.
    /// </summary>
    public double MinimumListedShare { get; set; } = 0.8;

    /// <summary>
    /// The most pixels in a frame of a video, each of which takes three bytes of memory here, or six where players turn it, and more in ffmpeg. Default 36
    /// million: 8K.
    /// </summary>
    public int MaximumVideoPixels { get; set; } = 36_000_000;

    /// <summary>The longest part of a video that is looked at, and so the most frames. Default four hours. A longer one is "not scannable" unless that part matches.</summary>
    public TimeSpan MaximumVideoDuration { get; set; } = TimeSpan.FromHours(4);

    /// <summary>
    /// The longest that decoding a video may take, waiting for a turn included; it counts from when the upload has been read, in the place of
    /// <see cref="MaximumScanTime"/>. Default ten minutes.
    /// </summary>
    public TimeSpan MaximumVideoTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How many videos are decoded at a time, each by an <c>ffmpeg</c> process of one thread (moving pictures within this one); others wait, up to 16 for each of these. Default: half
    /// the number of cores.
    /// </summary>
    public int MaximumVideos { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Where ffmpeg and ffprobe are, for tests; null for the PATH.</summary>
    internal string? FfmpegDirectory { get; set; }
}
