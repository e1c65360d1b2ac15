using TakeItDown.Matching.Videos;
using TakeItDown.Matching.Videos.Ffmpeg;

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>What headers promise, and what is made of it.</summary>
public class VideoInfoTests
{
    [Theory]
    [InlineData("30000/1001", 29)]
    [InlineData("30/1", 30)]
    [InlineData("1/2", 1)]
    [InlineData("0/0", 25)]
    [InlineData("1/0", 25)]
    [InlineData("1e300/1", int.MaxValue)]
    [InlineData("nonsense", 25)]
    public void Every_so_many_frames_is_the_whole_part_of_the_rate(string rate, int step)
    {
        var video = Parse("avg_frame_rate=\"" + rate + "\"");
        Assert.Equal(step, FramePlans.For(video, new MatchingOptions()).Step);
    }

    [Theory]
    [InlineData("25/1", 14_401)]
    [InlineData("16/10", 23_041)]
    [InlineData("1/10", 14_401)]
    public void As_many_frames_are_allowed_as_the_longest_video_has_at_its_rate(string rate, int frames) =>
        Assert.Equal(frames, FramePlans.For(Parse("avg_frame_rate=\"" + rate + "\""), new MatchingOptions()).MaximumFrames);

    [Fact]
    public void Another_track_is_noticed_and_changes_nothing_else()
    {
        var one = Parse("avg_frame_rate=\"30/1\"");
        var two = Parse("avg_frame_rate=\"30/1\"\nstreams.stream.1.width=9\nstreams.stream.1.side_data_list.side_data.0.rotation=90");
        Assert.False(one.HasOtherTracks);
        Assert.Equal(one with { HasOtherTracks = true }, two);
    }

    [Fact]
    public void The_real_rate_stands_in_for_a_missing_average() =>
        Assert.Equal(12, Parse("avg_frame_rate=\"0/0\"\nstreams.stream.0.r_frame_rate=\"12/1\"").FrameRate);

    [Theory]
    [InlineData(-90, 6)]
    [InlineData(90, 8)]
    [InlineData(180, 3)]
    [InlineData(-180, 3)]
    [InlineData(0, 1)]
    [InlineData(45, 1)]
    public void Turns_are_those_of_EXIF(int degrees, int exif) =>
        Assert.Equal(exif, Parse($"side_data_list.side_data.0.rotation={degrees}").ExifOrientation);

    [Theory]
    [InlineData("duration=\"N/A\"\nstreams.stream.0.tags.DURATION=\"01:02:03.500000000\"\nformat.duration=\"9\"", 3723.5)]
    [InlineData("duration=\"4.5\"\nformat.duration=\"9\"", 4.5)]
    [InlineData("duration=\"N/A\"\nformat.duration=\"9\"", 9.0)]
    public void The_most_certain_duration_is_taken(string lines, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Parse(lines).Duration);

    [Theory]
    [InlineData("duration=\"N/A\"")]
    [InlineData("duration=\"-5\"")]
    [InlineData("duration=\"NaN\"")]
    public void No_duration_is_none(string lines) => Assert.Null(Parse(lines).Duration);

    [Fact]
    public void An_endless_duration_is_bounded() => Assert.True(Parse("duration=\"1e300\"").Duration < TimeSpan.MaxValue);

    [Theory]
    [InlineData("")]
    [InlineData("streams.stream.0.width=0\nstreams.stream.0.height=0")]
    [InlineData("streams.stream.0.width=-1\nstreams.stream.0.height=10")]
    [InlineData("width=10\nheight=10")]
    public void Without_a_size_there_is_no_video(string text) => Assert.Null(VideoInfo.Parse(text, trustFrameCount: false));

    [Fact]
    public void A_size_beyond_all_numbers_stays_beyond_the_limits() =>
        Assert.Equal(int.MaxValue, VideoInfo.Parse("streams.stream.0.width=1e300\nstreams.stream.0.height=9", trustFrameCount: false)!.Width);

    private static VideoHeader Parse(string line) =>
        VideoInfo.Parse("streams.stream.0.width=640\nstreams.stream.0.height=480\nstreams.stream.0." + line, trustFrameCount: false)!;
}
