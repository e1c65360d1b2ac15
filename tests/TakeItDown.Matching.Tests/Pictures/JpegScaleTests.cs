using TakeItDown.Matching.Pictures.Jpeg;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>A JPEG is decoded at full size wherever its memory is allowed, since only there are the pixels that the reference samples.</summary>
public class JpegScaleTests
{
    private const int Width = 960, Height = 640;

    [Theory]
    [InlineData(Width * Height, Width, Height)]
    [InlineData((Width * Height) - 1, 480, 320)]
    [InlineData((480 * 320) - 1, 240, 160)]
    [InlineData((240 * 160) - 1, 120, 80)]
    [InlineData((120 * 80) - 1, 0, 0)]
    public void It_is_as_large_as_memory_allows(int memory, int width, int height)
    {
        var sink = new MeasuringSink(memory);
        var status = new TurboJpegDecoder().Decode(Scanning.Fixtures.Read("landscape.jpg"), ImageFormat.Jpeg, sink, TestContext.Current.CancellationToken).Status;
        Assert.Equal(width == 0 ? DecodeStatus.OverLimit : DecodeStatus.Complete, status);
        Assert.Equal((width, height, height), (sink.Width, sink.Height, sink.Rows));
    }

    private sealed class MeasuringSink(long memory) : IPictureSink
    {
        public int Width { get; private set; }

        public int Height { get; private set; }

        public int Rows { get; private set; }

        public bool Accept(long width, long height, long workingBytes)
        {
            // Whatever the scale, what is asked for is the picture that the header promises.
            Assert.Equal((JpegScaleTests.Width, JpegScaleTests.Height), (width, height));
            return workingBytes <= memory;
        }

        public void Begin(int width, int height) => (Width, Height) = (width, height);

        public bool Wants(int row) => true;

        public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format)
        {
            Assert.Equal((Rows++, Width, PixelFormat.Grey8), (row, pixels.Length, format));
        }
    }
}
