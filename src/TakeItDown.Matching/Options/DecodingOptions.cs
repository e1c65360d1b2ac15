namespace TakeItDown.Matching;

/// <summary>What decoding a picture may cost, and which libvips does it.</summary>
public sealed class DecodingOptions
{
    /// <summary>The most pixels that a picture's header may promise. Larger pictures are refused before any is decoded.</summary>
    /// <value>The default is 200 million.</value>
    public long MaximumPixels { get; set; } = 200_000_000;

    /// <summary>
    /// The most memory that decoding one picture may take, in bytes. It bounds the formats that must be decoded whole: at the default, GIF and WebP up to
    /// 33 megapixels, HEIF and AVIF up to 45, progressive JPEG up to about 90.
    /// </summary>
    /// <value>The default is 256 MiB.</value>
    public long MaximumDecodeBytes { get; set; } = 256L << 20;

    /// <summary>How many pictures are decoded at a time; others wait, up to 16 for each of these, beyond which a scan answers "busy".</summary>
    /// <value>1 to 10,000. The default is the number of cores.</value>
    public int MaximumDecodes { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Which libvips decodes pictures, where the system has one and the application brings another. It is one for the whole process: the first host in it
    /// decides. <c>takeitdown doctor</c> and the health check say which it is and what it cannot read.
    /// </summary>
    /// <value>The default is <see cref="LibvipsSource.Automatic"/>.</value>
    public LibvipsSource Libvips { get; set; }
}
