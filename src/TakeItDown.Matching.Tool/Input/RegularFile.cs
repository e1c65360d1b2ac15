using System.Formats.Tar;

namespace TakeItDown.Matching.Tool.Input;

/// <summary>
/// Tells files from pipes, sockets and devices without opening them: to open a pipe that nobody writes into waits for ever. .NET has no call
/// that says what a path is, but its tar writer has to know.
/// </summary>
internal static class RegularFile
{
    /// <summary>Whether it is one, or whatever else opening it will tell.</summary>
    public static bool Is(string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        try
        {
            // The tar writer takes a link for a link.
            FileSystemInfo file = new FileInfo(path);
            if (file.LinkTarget is not null) file = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            // Everything else has the length 0, so that no content is copied here.
            if (file is not FileInfo { Exists: true, Length: 0 }) return true;
            using var archive = new MemoryStream();
            using (var writer = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true)) writer.WriteEntry(file.FullName, "entry");
            archive.Position = 0;
            using var reader = new TarReader(archive);
            return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            // A socket, which an archive cannot hold.
            return false;
        }
    }
}
