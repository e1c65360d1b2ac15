namespace TakeItDown.Matching.Input;

/// <summary>A path under which a child process can read content, from any place in it.</summary>
internal sealed class SharedFile : IDisposable
{
    private readonly bool _isOwn;

    private SharedFile(string path, bool isOwn)
    {
        Path = path;
        _isOwn = isOwn;
    }

    /// <summary>The path, valid until this or the file is disposed of.</summary>
    public string Path { get; }

    /// <summary>Whether an open file can be shared without a copy.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux();

    /// <summary>Shares an open file, with a name or without, where the system lets it be opened by its number.</summary>
    public static SharedFile OfOpenFile(FileStream file) => new(PathOf(file), isOwn: false);

    /// <summary>Shares a copy under a name, which is deleted with this; should the process be killed, it stays.</summary>
    public static async ValueTask<SharedFile> CopyAsync(Stream content, string directory, CancellationToken cancellationToken)
    {
        var shared = new SharedFile(System.IO.Path.Combine(directory, $"takeitdown-{Guid.NewGuid():N}.tmp"), isOwn: true);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var copy = new FileStream(shared.Path, options);
            await using var closing = copy.ConfigureAwait(false);
            await content.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
            return shared;
        }
        catch
        {
            shared.Dispose();
            throw;
        }
    }

    private static string PathOf(FileStream file) => $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}";

    public void Dispose()
    {
        if (_isOwn) File.Delete(Path);
    }
}
