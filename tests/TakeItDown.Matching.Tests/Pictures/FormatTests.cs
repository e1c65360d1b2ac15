using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pdq;
using TakeItDown.Matching.Pictures.Vips;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>Every format that phones and browsers give leads to the same picture.</summary>
public class FormatTests
{
    [Theory]
    [InlineData("landscape.avif")]
    [InlineData("landscape.heic")]
    [InlineData("landscape-16bit.png")]
    [InlineData("landscape.webp")]
    [InlineData("landscape-lossless.webp")]
    [InlineData("landscape.tiff")]
    [InlineData("landscape-alpha.png")]
    [InlineData("landscape-gray.jpg")]
    public async Task A_picture_in_another_format_is_within_ten_bits(string name)
    {
        await using var host = await ScanHost.WithAsync();
        var hash = await host.PdqAsync(Fixtures.Read(name));
        Assert.InRange(hash.DistanceTo(Fixtures.Reference("landscape.jpg").Hash), 0, 10);
    }

    [Fact]
    public async Task Of_an_animation_the_first_frame_is_hashed()
    {
        await using var host = await ScanHost.WithAsync();
        var gif = Fixtures.Read("animated.gif");
        var hash = await host.PdqAsync(gif);
        Assert.InRange(hash.DistanceTo(Fixtures.Reference("animated.gif").Hash), 0, 10);
        // Whatever follows that frame has no say in it.
        Assert.Equal(hash, await host.PdqAsync(FirstPicture.OfGif(gif).ToArray()));
        Assert.True(FirstPicture.OfGif(gif).Length < gif.Length);
    }

    [Fact]
    public async Task Of_a_million_frames_the_first_costs_no_more_than_of_one()
    {
        await using var host = await ScanHost.WithAsync();
        var gif = HostileFiles.GifOfFrames(1_000_000);
        var cancelled = TestContext.Current.CancellationToken;
        var hashing = Task.Run(() => host.Get<Matching.Pictures.PictureHasher>().Hash(gif, ImageFormat.Gif, cancelled), cancelled);
        // A guard, and no measurement.
        Assert.Equal(ScanReason.None, (await hashing.WaitAsync(TimeSpan.FromSeconds(30), cancelled)).Reason);
    }

    [Theory]
    [InlineData("landscape.png")]
    [InlineData("landscape.tiff")]
    [InlineData("landscape.webp")]
    [InlineData("landscape.gif")]
    public void Opening_an_honest_file_costs_nothing_to_speak_of(string name)
    {
        var content = Fixtures.Read(name);
        var cost = MediaSniffer.Sniff(content).Image switch
        {
            ImageFormat.Png => OpeningCost.Png(content),
            ImageFormat.Tiff => OpeningCost.Tiff(content),
            ImageFormat.WebP => OpeningCost.WebP(content),
            _ => FirstPicture.OfGif(content).Length - content.Length,
        };
        Assert.InRange(cost, 0, 10_000_000);
    }

    [Fact]
    public void A_picture_eight_million_pixels_wide_is_sampled_evenly()
    {
        // Dark at the left, bright at the right: an overflow would sample it out of order.
        const int Width = 9_000_000;
        var pixels = new byte[Width];
        for (var x = 0; x < Width; x++) pixels[x] = (byte)(x * 255L / Width);
        var row = PixelRow.Sample(pixels, Width, pixelBytes: 1, new byte[PdqPicture.MaximumSide]).ToArray();
        Assert.Equal(row.Order(), row);
        Assert.Equal(0, row[0]);
        Assert.InRange(row[^1], 253, 255);
    }
}
