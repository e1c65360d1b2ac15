using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pdq;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Pictures.Bmp;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>Bitmaps of every kind hold the same pixels.</summary>
public class BmpDecoderTests
{
    private static readonly PdqHash Expected = PdqHasher.Hash(new PixelBuffer(BmpFile.GreyPixels, BmpFile.Width, BmpFile.Height, PixelFormat.Grey8)).Hash;

    public static TheoryData<string> Kinds => [.. Files.Keys];

    private static Dictionary<string, byte[]> Files { get; } = new()
    {
        ["4 bits"] = Palette(4, false, 40),
        ["4 bits, top-down"] = Palette(4, true, 40),
        ["4 bits, OS/2"] = Palette(4, false, 12),
        ["8 bits"] = Palette(8, false, 40),
        ["8 bits, OS/2"] = Palette(8, false, 12),
        ["8 bits, version 5"] = Palette(8, true, 124),
        ["16 bits by masks of 4"] = Fields(16, 40, 3, [0xF00, 0xF0, 0xF], level => (uint)(level * 0x111)),
        ["16 bits by masks of 4, version 4"] = Fields(16, 108, 3, [0xF, 0xF0, 0xF00], level => (uint)(level * 0x111)),
        ["24 bits"] = BmpFile.Plain(24, false, 40, (row, bytes) => Fill(row, bytes, 3)),
        ["24 bits, OS/2"] = BmpFile.Plain(24, false, 12, (row, bytes) => Fill(row, bytes, 3)),
        ["32 bits"] = BmpFile.Plain(32, true, 40, (row, bytes) => Fill(row, bytes, 4)),
        ["32 bits by masks of 10"] = Fields(32, 56, 6, [0x3FF, 0xFFC00, 0x3FF00000], level => (uint)(level * 1023 / 15) * 0x00100401u),
        ["run lengths of 8 bits"] = BmpFile.RunLengths(wide: true),
        ["run lengths of 4 bits"] = BmpFile.RunLengths(wide: false),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_gives_the_same_hash(string kind)
    {
        var (hash, status) = Decode(Files[kind]);
        Assert.Equal(DecodeStatus.Complete, status);
        // 10 bits a channel cannot hold all 16 levels exactly; everything else does.
        Assert.InRange(hash.DistanceTo(Expected), 0, kind.Contains("10", StringComparison.Ordinal) ? 2 : 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_and_two_bits_hold_the_picture_coarsely(int bits)
    {
        var levels = (1 << bits) - 1;
        var coarse = BmpFile.GreyPixels.Select(grey => (byte)(grey * levels / 255 * 255 / levels)).ToArray();
        var (hash, status) = Decode(BmpFile.Plain(bits, false, 40, (row, bytes) =>
        {
            for (var x = 0; x < BmpFile.Width; x++) bytes[x * bits / 8] |= (byte)(BmpFile.Grey(x, row) * levels / 255 << (8 - bits - (x * bits % 8)));
        }));
        Assert.Equal((DecodeStatus.Complete, PdqHasher.Hash(new PixelBuffer(coarse, BmpFile.Width, BmpFile.Height, PixelFormat.Grey8)).Hash), (status, hash));
    }

    [Fact]
    public void Fifteen_bits_are_what_sixteen_mean_by_default()
    {
        var (hash, status) = Decode(Fields(16, 40, 0, [], level => (uint)(level * 31 / 15) * 0x421u));
        Assert.Equal(DecodeStatus.Complete, status);
        Assert.InRange(hash.DistanceTo(Expected), 0, 10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_there_of_a_truncated_bitmap_is_delivered(bool topDown)
    {
        var whole = BmpFile.Plain(24, topDown, 40, (row, bytes) => Fill(row, bytes, 3));
        var (hash, status) = Decode(whole[..(whole.Length * 95 / 100)]);
        Assert.Equal(DecodeStatus.Truncated, status);
        Assert.InRange(hash.DistanceTo(Expected), 0, 60);
    }

    [Fact]
    public void Run_lengths_past_the_end_of_a_row_cost_nothing()
    {
        // 20 million runs of 255 pixels in a picture 16 pixels wide: counted out, it would take a minute.
        var data = new byte[40_000_000];
        data.AsSpan().Fill(255);
        var (_, status) = Decode(BmpFile.WithHeaders(8, BmpFile.Height, 40, 1, [], data));
        Assert.Equal(DecodeStatus.Truncated, status);
    }

    [Fact]
    public void The_fixture_is_the_references_to_the_bit()
    {
        var (hash, _) = Decode(Scanning.Fixtures.Read("landscape.bmp"));
        Assert.Equal(Scanning.Fixtures.Reference("landscape.bmp").Hash, hash);
    }

    [Theory]
    [InlineData(24, 40, 0, false)]
    [InlineData(32, 40, 0, false)]
    [InlineData(32, 52, 3, false)]
    [InlineData(32, 56, 3, true)]
    [InlineData(32, 108, 3, true)]
    public void Alpha_counts_where_there_is_a_mask_for_it(int bits, int header, uint compression, bool isTransparent)
    {
        uint[] masks = compression == 0 ? [] : header < 56 ? [0xFF0000, 0xFF00, 0xFF] : [0xFF0000, 0xFF00, 0xFF, 0xFF000000];
        // Black, with a picture where alpha would be.
        var bmp = BmpFile.Plain(bits, topDown: false, header, (row, bytes) =>
        {
            for (var x = 0; bits == 32 && x < BmpFile.Width; x++) bytes[(x * 4) + 3] = BmpFile.Grey(x, row);
        }, compression, masks);
        using var sampler = new PictureSampler(new DecodeLimits(1_000_000, 1_000_000));
        Assert.Equal(DecodeStatus.Complete, new BmpDecoder().Decode(bmp, ImageFormat.Bmp, sampler, TestContext.Current.CancellationToken).Status);
        Assert.Equal(!isTransparent, Matching.Pictures.Transparency.IsOpaque(sampler.Finish(Orientation.AsStored)));
    }

    private static (PdqHash Hash, DecodeStatus Status) Decode(byte[] bmp)
    {
        Assert.Equal(ImageFormat.Bmp, MediaSniffer.Sniff(bmp).Image);
        using var sampler = new PictureSampler(new DecodeLimits(1_000_000, 1_000_000));
        var status = new BmpDecoder().Decode(bmp, ImageFormat.Bmp, sampler, TestContext.Current.CancellationToken).Status;
        var spectrum = new float[PdqSpectrum.Length];
        PdqKernel.Best.Transform(PdqPicture.Whole(sampler.Finish(Orientation.AsStored)), spectrum);
        return (PdqSpectrum.ToHash(spectrum, Orientation.AsStored), status);
    }

    private static byte[] Palette(int bits, bool topDown, int header) => BmpFile.Plain(bits, topDown, header, (row, bytes) =>
    {
        for (var x = 0; x < BmpFile.Width; x++) bytes[x * bits / 8] |= (byte)(BmpFile.Level(x, row) << (bits == 8 ? 0 : 4 - (x % 2 * 4)));
    });

    private static byte[] Fields(int bits, int header, uint compression, uint[] masks, Func<int, uint> pixel) => BmpFile.Plain(
        bits, false, header,
        (row, bytes) =>
        {
            for (var x = 0; x < BmpFile.Width; x++) BitConverter.GetBytes(pixel(BmpFile.Level(x, row))).AsSpan(0, bits / 8).CopyTo(bytes.AsSpan(x * bits / 8));
        },
        compression, masks);

    private static void Fill(int row, byte[] bytes, int pixelLength)
    {
        for (var x = 0; x < BmpFile.Width; x++) bytes.AsSpan(x * pixelLength, 3).Fill(BmpFile.Grey(x, row));
    }
}
