namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

/// <summary>A folder for one test.</summary>
public sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("takeitdown-tool-");

    public string Path => _folder.FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
