using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Tests.Videos.Moving;

/// <summary>Which frames of a moving picture are looked at.</summary>
public class FrameChoiceTests
{
    [Theory]
    [InlineData(300, 640, 480)]
    [InlineData(60, 1000, 1000)]
    [InlineData(1500, 100, 100)]
    public void Of_an_ordinary_one_every_frame_is_looked_at(int frames, int width, int height)
    {
        var picture = new Frames(width, height, Enumerable.Repeat(50, frames));
        var choice = FrameChoice.Of(picture, FrameCost.Limit);
        Assert.True(choice.IsEnough);
        Assert.All(Enumerable.Range(0, frames), frame => Assert.True(choice.Looks(frame)));
    }

    [Fact]
    public void A_GIF_whose_frames_leave_out_what_stays_is_ordinary_too()
    {
        VideoClips.Require();
        var path = Path.Combine(Path.GetTempPath(), $"takeitdown-{Guid.NewGuid():N}.gif");
        try
        {
            VideoClips.Run("ffmpeg", ["-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc2=size=800x450:rate=10", "-frames:v", "300", path]);
            var picture = MovingPicture.Read(File.ReadAllBytes(path), VideoFormat.Gif);
            Assert.Equal((300, true), (picture.Frames.Count, picture.Frames.Exists(static frame => frame.IsBlended)));
            Assert.False(picture.MayBeTransparent);
            var choice = FrameChoice.Of(picture, FrameCost.Limit);
            Assert.All(Enumerable.Range(0, 300), frame => Assert.True(choice.Looks(frame)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Of_too_many_the_longest_are_looked_at()
    {
        // Four seconds in all for one frame that is seen, and as much for thousands of which none is.
        var picture = new Frames(1000, 1000, Enumerable.Range(0, 3000).Select(frame => frame == 1234 ? 2000 : 20));
        var choice = FrameChoice.Of(picture, FrameCost.Limit);
        Assert.False(choice.IsEnough);
        Assert.Equal((true, true, true), (choice.Looks(0), choice.Looks(1234), choice.Looks(2999)));
        Assert.InRange(Enumerable.Range(0, 3000).Count(choice.Looks), 2, FrameChoice.MaximumChosen);
    }

    [Theory]
    // Forty frames for 9.1 of 10 seconds: 0.9 seconds go unseen.
    [InlineData(228, 900, true)]
    // As much of a longer film is more than a second.
    [InlineData(2280, 9000, false)]
    [InlineData(100, 900, false)]
    public void Too_many_are_enough_only_if_nearly_all_of_the_time_is_seen(int longTime, int shortTime, bool isEnough)
    {
        var times = Enumerable.Repeat(longTime, 40).Concat(Enumerable.Repeat(Math.Max(shortTime / 900, 1), 900)).ToArray();
        var picture = new Frames(600, 600, times);
        Assert.Equal(isEnough, FrameChoice.Of(picture, 1.5e9).IsEnough);
    }

    [Fact]
    public void Where_even_a_few_cannot_be_afforded_none_is_decoded()
    {
        // Each shows through the next one.
        var picture = new Frames(5000, 5000, Enumerable.Repeat(50, 100), isBlended: true);
        var choice = FrameChoice.Of(picture, FrameCost.Limit);
        Assert.False(choice.IsEnough);
        Assert.DoesNotContain(true, Enumerable.Range(0, 100).Select(choice.Decodes));
    }

    private sealed class Frames : MovingPicture
    {
        public Frames(int width, int height, IEnumerable<int> times, bool isBlended = false)
        {
            (Width, Height) = (width, height);
            foreach (var time in times)
                Add(new MovingFrame(0, 0, width, height, TimeSpan.FromMilliseconds(time), isBlended, FrameDisposal.Keep, 0, 0, IsCut: false));
        }

        public override ImageFormat StillFormat => ImageFormat.WebP;

        protected override bool MayHaveAlpha => base.Frames.Exists(static frame => frame.IsBlended);

        public override void WriteStill(ReadOnlySpan<byte> content, MovingFrame frame, System.Buffers.ArrayBufferWriter<byte> still) => throw new NotSupportedException();
    }
}
