namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

internal static class FileBytes
{
    /// <summary>Whether any file of a folder holds these bytes in a row. Files that a database has open are read as they stand.</summary>
    public static bool Hold(string folder, ReadOnlySpan<byte> bytes) => Count(folder, bytes) > 0;

    /// <summary>How many times the files of a folder hold these bytes in a row.</summary>
    public static int Count(string folder, ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            count += content.GetBuffer().AsSpan(0, (int)content.Length).Count(bytes);
        }
        return count;
    }
}
