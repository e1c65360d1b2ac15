namespace TakeItDown.Matching.Sqlite;

/// <summary>The store's file and its companions, readable by their owner alone.</summary>
internal static class StoreFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How long to wait for another that starts, or sets the file aside.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes sure that the file is there, with its mode, before SQLite opens it: SQLite would create it for everybody to read. SQLite
    /// gives the same mode to the files it puts beside it.
    /// </summary>
    public static void Create(string path)
    {
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

    /// <summary>Keeps others from having the file for themselves, until it is disposed. Makes the folder if need be.</summary>
    /// <exception cref="IOException">Another has it for itself, and keeps it.</exception>
    public static FileStream Share(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        FileStream? share = null;
        SpinWait.SpinUntil(() => (share = TryShare(path)) is not null, Patience);
        return share ?? OpenLock(path, FileAccess.Read, FileShare.Read);
    }

    /// <summary>Keeps others from using the file, until it is disposed.</summary>
    /// <returns>Null where somebody uses it.</returns>
    public static FileStream? Reserve(string path)
    {
        try
        {
            return OpenLock(path, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Where a damaged file is kept in the end.</summary>
    public static string Kept(string path) => path + ".damaged";

    /// <summary>Where a damaged file is until its feedback is taken over. While it is here, there is no file in use, or an empty one.</summary>
    public static string Unrescued(string path) => Kept(path) + ".new";

    /// <summary>Renames a damaged file and its companions out of the way.</summary>
    public static void SetAside(string path) => Move(path, Unrescued(path));

    /// <summary>Renames a damaged file once more, after its feedback was taken over; an earlier one is replaced.</summary>
    public static void Keep(string path) => Move(Unrescued(path), Kept(path));

    private static void Move(string path, string target)
    {
        foreach (var (from, to) in Companions(path).Zip(Companions(target)))
        {
            if (File.Exists(from)) File.Move(from, to, overwrite: true);
            else File.Delete(to);
        }
    }

    /// <summary>The same, at once; null where another has the file for itself.</summary>
    private static FileStream? TryShare(string path)
    {
        try
        {
            return OpenLock(path, FileAccess.Read, FileShare.Read);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            return null;
        }
    }

    private static FileStream OpenLock(string path, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = access, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(path + ".lock", options);
    }

    private static string[] Companions(string path) => [path, path + "-wal", path + "-shm"];
}
