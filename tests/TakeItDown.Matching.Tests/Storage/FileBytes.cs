namespace TakeItDown.Matching.Tests.Storage;

/// <summary>What files really hold, whatever their format says.</summary>
internal static class FileBytes
{
    /// <summary>The names of the files of a folder that hold these bytes in a row. A file that a database has open is read as it stands.</summary>
    public static string[] Holding(TempFolder folder, ReadOnlySpan<byte> bytes)
    {
        var holding = new List<string>();
        foreach (var name in folder.Names)
        {
            using var file = new FileStream(folder.File(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            if (content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(bytes) >= 0) holding.Add(name);
        }
        return [.. holding];
    }
}
