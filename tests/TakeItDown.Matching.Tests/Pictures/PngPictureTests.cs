using System.Buffers.Binary;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>What a PNG says of its picture is left out where it would take much memory, and the picture stays as it is.</summary>
public class PngPictureTests
{
    private static readonly byte[] Texts = HostileFiles.Texts(10);
    private static readonly byte[] Landscape = Fixtures.Read("landscape.png");

    public static TheoryData<string> Pictures => ["landscape.png", "landscape-alpha.png", "landscape-palette.png", "landscape-16bit.png", "tiny4.png"];

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task A_picture_without_its_texts_is_the_same(string name)
    {
        await using var host = await ScanHost.WithAsync();
        var png = Fixtures.Read(name);
        Assert.Equal(Looks(host, png), Looks(host, HostileFiles.WithChunks(png, Texts)));
    }

    [Fact]
    public void An_honest_file_is_not_copied()
    {
        Assert.All(Pictures, row => Assert.Null(PngPicture.Extract(Fixtures.Read(row.Data), new AmpleSink())));
        using var copy = PngPicture.Extract(HostileFiles.WithChunks(Landscape, Texts), new AmpleSink());
        Assert.Equal(PngChunks.Read(Landscape).PictureBytes, copy!.Bytes.Length);
        Assert.InRange(copy.Bytes.Length, 1, Landscape.Length);
    }

    [Fact]
    public async Task The_orientation_and_the_transparency_stay()
    {
        await using var host = await ScanHost.WithAsync();
        byte[] turned = HostileFiles.Chunk("eXIf"u8, [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
        var displayed = RasterPicture.Decode(Landscape).Displayed(6).Hash;
        foreach (var texts in new[] { [], Texts })
            Assert.Contains(Looks(host, HostileFiles.WithChunks(Landscape, [.. texts, .. turned])), look => (look.Orientation, look.Hash) == (Orientation.AsDisplayed, displayed));

        var palette = Fixtures.Read("landscape-palette.png");
        var at = 8 + 25;
        while (!palette.AsSpan(at + 4, 4).SequenceEqual("PLTE"u8)) at += 12 + BinaryPrimitives.ReadInt32BigEndian(palette.AsSpan(at));
        var length = BinaryPrimitives.ReadInt32BigEndian(palette.AsSpan(at));
        byte[] alphas = [.. Enumerable.Range(0, length / 3).Select(colour => (byte)(colour % 3 * 100))];
        byte[] transparent = [.. palette[..(at + 12 + length)], .. HostileFiles.Chunk("tRNS"u8, alphas), .. palette[(at + 12 + length)..]];
        var looks = Looks(host, transparent);
        Assert.Equal(3, looks.Count);
        Assert.Equal(looks, Looks(host, HostileFiles.WithChunks(transparent, Texts)));
    }

    [Theory]
    [InlineData(8, 4)]
    [InlineData(8, 6)]
    [InlineData(16, 4)]
    [InlineData(16, 6)]
    public async Task Transparency_of_every_depth_is_seen(byte bits, byte colours)
    {
        await using var host = await ScanHost.WithAsync();
        // Black all over, with a picture of grey levels in its alpha.
        var samples = colours == 4 ? 2 : 4;
        var bytes = bits / 8;
        foreach (var isOpaque in new[] { false, true })
        {
            var png = HostileFiles.Png(BmpFile.Width, BmpFile.Height, bits, colours, interlaced: false, [], (row, to) =>
            {
                for (var x = 0; x < BmpFile.Width; x++) to.Slice(((x * samples) + samples - 1) * bytes, bytes).Fill(isOpaque ? (byte)255 : BmpFile.Grey(x, row));
            });
            var looks = Looks(host, png);
            // On black it is black, as it is without its alpha.
            Assert.Equal(isOpaque ? 1 : 2, looks.Count);
            Assert.Equal((0, false), (looks[0].Quality, looks[0].IsLaid));
            if (isOpaque) continue;
            Assert.InRange(looks[1].Quality!.Value, 50, 100);
            var inverse = BmpFile.GreyPixels.Select(grey => (byte)(255 - grey)).ToArray();
            Assert.InRange(looks[1].Hash.DistanceTo(PdqHasher.Hash(new PixelBuffer(inverse, BmpFile.Width, BmpFile.Height, PixelFormat.Grey8)).Hash), 0, 2);
        }
    }

    [Theory]
    [InlineData(20, 1_000_000, 1, 0, ScanReason.Damaged)]
    [InlineData(20, 1_000_001, 1, 0, ScanReason.TooManyPixels)]
    [InlineData(20, 9_900_000, 1, 0, ScanReason.TooManyPixels)]
    [InlineData(11_000, 11_000, 16, 6, ScanReason.Damaged)]
    [InlineData(14_000, 14_000, 16, 6, ScanReason.TooManyPixels)]
    public async Task What_would_take_seconds_is_refused_by_its_header(int width, int height, byte bits, byte colours, ScanReason reason)
    {
        await using var host = await ScanHost.WithAsync();
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, colours);
        // Nothing follows, so that what is not refused is damaged.
        byte[] png = [.. Landscape[..8], .. HostileFiles.Chunk("IHDR"u8, header), .. HostileFiles.Chunk("IDAT"u8, []), .. HostileFiles.Chunk("IEND"u8, [])];
        Assert.Equal(reason, host.Get<PictureHasher>().Hash(png, ImageFormat.Png, TestContext.Current.CancellationToken).Reason);
    }

    private static IReadOnlyList<PictureLook> Looks(ScanHost host, byte[] png)
    {
        var hash = host.Get<PictureHasher>().Hash(png, ImageFormat.Png, TestContext.Current.CancellationToken);
        Assert.Equal(ScanReason.None, hash.Reason);
        return hash.Looks;
    }

    private sealed class AmpleSink : IPictureSink
    {
        public bool Accept(long width, long height, long workingBytes) => true;

        public void Begin(int width, int height) => throw new NotSupportedException();

        public bool Wants(int row) => throw new NotSupportedException();

        public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format) => throw new NotSupportedException();
    }
}
