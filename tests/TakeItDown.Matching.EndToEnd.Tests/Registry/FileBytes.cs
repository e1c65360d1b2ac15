namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

internal static class FileBytes
{
    /// <summary>Whether any file of a folder holds these bytes in a row. Files that a database has open are read as they stand.</summary>
    public static bool Hold(string folder, ReadOnlySpan<byte> bytes)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            if (content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(bytes) >= 0) return true;
        }
        return false;
    }
}
