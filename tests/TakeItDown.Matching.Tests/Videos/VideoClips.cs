using System.Diagnostics;

[assembly: AssemblyFixture(typeof(TakeItDown.Matching.Tests.Videos.VideoClips))]

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>Short videos of shapes and fractals, made by ffmpeg when a test first asks for them.</summary>
public sealed class VideoClips : IDisposable
{
    private static readonly string[] Slides = ["landscape.jpg", "shapes.jpg", "swirl.jpg", "fractal.jpg", "landscape-crop25.jpg"];

    private readonly Lock _making = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("takeitdown-clips-").FullName;

    /// <summary>How long each picture of the slides is shown.</summary>
    public static TimeSpan SlideTime { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether ffmpeg is here; without it a test is skipped, but fails where everything is to be tested.</summary>
    public static void Require()
    {
        var isHere = Find("ffmpeg") is not null;
        if (!isHere && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail("ffmpeg is not installed.");
        Assert.SkipUnless(isHere, "ffmpeg is not installed.");
    }

    /// <summary>The full path of a program; null where it is missing.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Five pictures one after the other, ten seconds in all.</summary>
    public string Slideshow => Make("slides.mp4", [.. Slides.SelectMany(Slide), "-filter_complex", SlideFilter, .. H264]);

    /// <summary>A flight into the Mandelbrot set at a speed that no two seconds look alike, ten seconds in all.</summary>
    public string Flight => Make("flight.mp4", ["-f", "lavfi", "-i", "mandelbrot=size=640x480:rate=10:end_scale=0.00005:end_pts=200", "-t", "10", .. H264]);

    /// <summary>Makes a video of another, or of nothing, once.</summary>
    public string Make(string name, IEnumerable<string> arguments)
    {
        Require();
        var path = Path.Combine(Folder, name);
        lock (_making)
        {
            if (!File.Exists(path)) Run("ffmpeg", ["-v", "error", "-nostdin", .. arguments, path]);
        }
        return path;
    }

    /// <summary>The beginning of a file.</summary>
    public string Cut(string path, double share)
    {
        var cut = Path.Combine(Folder, $"cut-{Guid.NewGuid():N}");
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(cut, bytes[..(int)(bytes.Length * share)]);
        return cut;
    }

    public static void Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string[] H264 => ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart"];

    private static string SlideFilter =>
        string.Concat(Slides.Select((_, slide) => $"[{slide}]scale=640:480,setsar=1[s{slide}];"))
        + string.Concat(Slides.Select((_, slide) => $"[s{slide}]")) + $"concat=n={Slides.Length}";

    private static string[] Slide(string picture) =>
        ["-loop", "1", "-framerate", "10", "-t", "2", "-i", TestData.Fixture(Path.Combine("images", picture))];
}
