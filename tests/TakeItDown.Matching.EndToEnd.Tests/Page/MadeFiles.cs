using System.Diagnostics;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>Files that are too large, or too dependent on a codec, to keep as fixtures. They vanish with the test.</summary>
internal sealed class MadeFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("takeitdown-page-");

    /// <summary>Runs ffmpeg to make a file of abstract shapes.</summary>
    public async Task<string> MakeAsync(string name, params string[] arguments)
    {
        const string Ffmpeg = "/usr/bin/ffmpeg";
        Need.Program(Ffmpeg, "ffmpeg");
        var path = Path.Combine(_folder.FullName, name);
        var start = new ProcessStartInfo(Ffmpeg, ["-v", "error", .. arguments, path]) { UseShellExecute = false, RedirectStandardError = true };
        using var run = Process.Start(start)!;
        var complaint = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == 0, complaint);
        return path;
    }

    /// <summary>A file with nothing in it but its length: it takes no room on the disk.</summary>
    public string MakeEmptySpace(string name, long length)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var file = File.Create(path);
        file.SetLength(length);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
