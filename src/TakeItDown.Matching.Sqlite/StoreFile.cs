namespace TakeItDown.Matching.Sqlite;

/// <summary>The store's file and its companions, readable by their owner alone.</summary>
internal static class StoreFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes sure that the file is there, with its mode, before SQLite opens it: SQLite would create it for everybody to read. SQLite
    /// gives the same mode to the files it puts beside it.
    /// </summary>
    public static void Create(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        // An existing file is not opened here: closing it again would drop the locks that this process holds on it.
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            new FileStream(path, options).Dispose();
        }
        else if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Companions(path).Where(File.Exists)) File.SetUnixFileMode(file, OwnerOnly);
        }
    }

    /// <summary>Where a damaged file is put.</summary>
    public static string Aside(string path) => path + ".damaged";

    /// <summary>Renames a damaged file and its companions out of the way; an earlier one that lies there is replaced.</summary>
    /// <returns>Where the file is now.</returns>
    public static string SetAside(string path)
    {
        var aside = Aside(path);
        foreach (var (from, to) in Companions(path).Zip(Companions(aside)))
        {
            if (File.Exists(from)) File.Move(from, to, overwrite: true);
            else File.Delete(to);
        }
        return aside;
    }

    private static string[] Companions(string path) => [path, path + "-wal", path + "-shm"];
}
