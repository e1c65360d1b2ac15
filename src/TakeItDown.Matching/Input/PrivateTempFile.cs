namespace TakeItDown.Matching.Input;

/// <summary>Temporary files that nobody else can read and that are gone with the process, however it ends.</summary>
internal static class PrivateTempFile
{
    /// <summary>Creates a file under a random name, readable by this user only.</summary>
    public static FileStream Create(string directory)
    {
        var path = Path.Combine(directory, $"takeitdown-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (OperatingSystem.IsWindows())
        {
            options.Options |= FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Unlinked at once: the file lives as long as it is open, so that not even a killed process leaves one behind.
        File.Delete(path);
        return file;
    }
}
