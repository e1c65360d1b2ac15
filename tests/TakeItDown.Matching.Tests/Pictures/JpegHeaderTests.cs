using TakeItDown.Matching.Pictures.Jpeg;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>What a JPEG will cost is known before it is decoded, however the file tries to hide it.</summary>
public class JpegHeaderTests
{
    [Fact]
    public void A_baseline_file_is_decoded_row_by_row() => Assert.Equal(0, JpegHeader.Read(Fixtures.Read("landscape.jpg")).CoefficientBytes);

    [Fact]
    public void A_progressive_file_is_held_whole()
    {
        var row = Fixtures.Reference("landscape-progressive.jpg");
        var header = JpegHeader.Read(Fixtures.Read("landscape-progressive.jpg"));
        // Two bytes a sample: one and a half samples a pixel with chroma subsampled, three without.
        Assert.InRange(header.CoefficientBytes, row.Width * row.Height * 3L, row.Width * row.Height * 7L);
        Assert.False(header.HasTooManyScans);
    }

    [Fact]
    public void A_baseline_file_of_several_scans_is_held_whole() => Assert.NotEqual(0, JpegHeader.Read(HostileFiles.JpegOfScans(0xC0, 1000, 3)).CoefficientBytes);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_scans_are_too_many(bool garbage)
    {
        // 5000 x 5000 in three components are 1.2 million blocks.
        Assert.False(JpegHeader.Read(HostileFiles.JpegOfScans(0xC2, 5000, 40, garbage)).HasTooManyScans);
        Assert.True(JpegHeader.Read(HostileFiles.JpegOfScans(0xC2, 5000, 50, garbage)).HasTooManyScans);
        Assert.True(JpegHeader.Read(HostileFiles.JpegOfScans(0xC0, 5000, 50, garbage)).HasTooManyScans);
    }

    [Fact]
    public void What_follows_the_picture_is_not_counted()
    {
        var picture = Fixtures.Read("landscape-progressive.jpg");
        var header = JpegHeader.Read([.. picture, .. HostileFiles.JpegOfScans(0xC2, 5000, 5000)]);
        Assert.Equal(JpegHeader.Read(picture), header);
    }
}
