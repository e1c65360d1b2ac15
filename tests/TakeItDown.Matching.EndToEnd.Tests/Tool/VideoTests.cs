using System.Diagnostics;
using TakeItDown.Matching.EndToEnd.Tests.Page;
using TakeItDown.Matching.Tests;
using static TakeItDown.Matching.EndToEnd.Tests.Tool.HashTests;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

public sealed class VideoTests : IDisposable
{
    private readonly ScratchFolder _files = new();

    [Fact]
    public async Task A_video_has_a_hash_for_each_second()
    {
        foreach (var name in (string[])["movie.mp4", "movie.gif"])
        {
            var run = await ToolProcess.RunAsync("hash", Movie(name));
            var line = Assert.Single(run.Lines);
            Assert.Equal(["path", "kind", "bytes", "md5", "sha1", "sha256", "pdq", "vpdq", "error"], line.EnumerateObject().Select(field => field.Name));
            Assert.Equal((0, "", name == "movie.mp4" ? "video" : "image"), (run.ExitCode, run.Errors, Text(line, "kind")));
            var frames = line.GetProperty("vpdq").EnumerateArray().ToList();
            Assert.All(frames, frame => Assert.Equal(["t", "hash", "quality"], frame.EnumerateObject().Select(field => field.Name)));
            // Two pictures of three seconds each: what is shown again is left out.
            Assert.Equal([0, 3], frames.Select(frame => frame.GetProperty("t").GetDouble()));
            Assert.All(frames, frame => Assert.True(PdqHash.TryParse(Text(frame, "hash"), out _)));
            Assert.All(frames, frame => Assert.InRange(frame.GetProperty("quality").GetInt32(), 50, 100));
        }
    }

    [Fact]
    public async Task A_scan_says_when_a_listed_picture_is_shown()
    {
        var picture = (await ToolProcess.RunAsync("hash", Picture("swirl.jpg"))).Lines[0].GetProperty("pdq");
        var list = _files.Write("list.txt", $"pdq,{Text(picture, "hash")},swirl");
        var run = await ToolProcess.RunAsync("scan", "--list", list, Movie("movie.mp4"));
        var match = Assert.Single(Assert.Single(run.Lines).GetProperty("matches").EnumerateArray());
        Assert.Equal(("swirl", 3), (Text(match, "entry"), match.GetProperty("frameSeconds").GetDouble()));
        Assert.False(match.TryGetProperty("queryShare", out _));
    }

    [Fact]
    public async Task A_listed_video_is_found_with_what_is_common_to_both()
    {
        var hashed = (await ToolProcess.RunAsync("hash", Movie("movie.mp4"))).Lines[0];
        var frames = hashed.GetProperty("vpdq").EnumerateArray().Select(frame => Text(frame, "hash"));
        var list = _files.Write("list.txt", string.Join('\n', frames.Append(new string('5', 64)).Select(hash => $"vpdq,{hash},movie")));
        var run = await ToolProcess.RunAsync("scan", "--list", list, Movie("movie.mkv"));
        var match = Assert.Single(Assert.Single(run.Lines).GetProperty("matches").EnumerateArray());
        Assert.Equal(("movie", "pdq", 1, 0.667), (Text(match, "entry"), Text(match, "kind"), match.GetProperty("queryShare").GetDouble(), match.GetProperty("listedShare").GetDouble()));
    }

    [Theory]
    [InlineData("pdq", "vpdq")]
    [InlineData("vpdq", "pdq")]
    public async Task An_entry_is_a_picture_or_a_video_and_stays_what_it_was_first(string first, string second)
    {
        var hash = Text((await ToolProcess.RunAsync("hash", Picture("swirl.jpg"))).Lines[0].GetProperty("pdq"), "hash");
        var list = _files.Write("list.txt", $"{first},{hash},swirl\nmd5,{new string('5', 32)},swirl\n{second},{new string('5', 64)},swirl");
        var run = await ToolProcess.RunAsync("scan", "--list", list, Movie("movie.mp4"));
        Assert.Contains("line 3 ", run.Errors, StringComparison.Ordinal);
        // A picture is found by one frame; a video of that one frame by its share.
        var match = Assert.Single(Assert.Single(run.Lines).GetProperty("matches").EnumerateArray());
        Assert.Equal(("swirl", first == "vpdq"), (Text(match, "entry"), match.TryGetProperty("listedShare", out _)));
    }

    [Fact]
    public async Task Progress_is_seconds_done_of_the_total()
    {
        Need.Program("/usr/bin/script", "script");
        // Long enough that it is drawn while the work goes on; it shows on a terminal only, and where the results do not.
        Run("-stream_loop", "99", "-i", Movie("movie.mp4"), "-c", "copy", _files.PathOf("long.mp4"));
        var list = _files.Write("list.txt", $"pdq,{new string('5', 64)}");
        var command = $"TERM=xterm dotnet '{ToolProcess.Dll}' scan --list '{list}' '{_files.PathOf("long.mp4")}' > '{_files.PathOf("out")}'";
        using var process = ToolProcess.Start(password: null, "/usr/bin/script", "-qec", command, "/dev/null");
        process.StandardInput.Close();
        var run = await ToolProcess.EndAsync(process);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(" of 600 s", run.Output, StringComparison.Ordinal);
        Assert.Contains("noMatch", await File.ReadAllTextAsync(_files.PathOf("out")), StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private static string Picture(string name) => TestData.Fixture($"images/{name}");

    /// <summary>Two pictures, three seconds each.</summary>
    private string Movie(string name)
    {
        Need.Program("/usr/bin/ffmpeg", "ffmpeg");
        var path = _files.PathOf(name);
        string[] show = ["-loop", "1", "-framerate", "5", "-t", "3", "-i"];
        string[] encode = name.EndsWith(".gif", StringComparison.Ordinal) ? [] : ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0"];
        Run([.. show, Picture("landscape.jpg"), .. show, Picture("swirl.jpg"),
            "-filter_complex", "[0]scale=320:240,setsar=1[a];[1]scale=320:240,setsar=1[b];[a][b]concat", .. encode, path]);
        return path;
    }

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
