using System.Buffers.Binary;

namespace TakeItDown.Matching.Sqlite;

/// <summary>
/// Wipes what SQLite leaves in the unused space of a file's pages. It overwrites what it deletes (<c>PRAGMA secure_delete</c>), but where it moves
/// rows from one page to another it may leave copies between the first page's list of rows and the rows themselves; and when such a row is
/// deleted later, nobody knows of its copy.
/// </summary>
/// <remarks>Source: "Database File Format", sections 1.3 and 1.6, https://sqlite.org/fileformat2.html.</remarks>
internal static class UnusedSpace
{
    private const int FileHeaderLength = 100;

    /// <summary>What a page of another kind begins with is the upper byte of a page's number: with fewer pages than this it can never look like the kind of a b-tree page.</summary>
    private const long MostPages = 2L << 24;

    /// <summary>Wipes it. Nobody may have the file open, and its log must have been brought into it.</summary>
    public static void Wipe(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        var header = new byte[FileHeaderLength];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !SqliteDatabase.IsOurs(header)) return;
        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16)) is var size and > 1 ? size : 65536;
        var page = new byte[pageSize];
        if (file.Length / pageSize > MostPages) return;

        for (long place = 0; place + pageSize <= file.Length; place += pageSize)
        {
            file.Position = place;
            file.ReadExactly(page);
            var (first, length) = Find(page, place == 0 ? FileHeaderLength : 0, pageSize - header[20]);
            if (!page.AsSpan(first, length).ContainsAnyExcept((byte)0)) continue;
            page.AsSpan(first, length).Clear();
            file.Position = place + first;
            file.Write(page, first, length);
        }
        file.Flush(flushToDisk: true);
    }

    /// <summary>Finds the unused space of a b-tree page; none where the page is of another kind, or is not as it should be.</summary>
    private static (int First, int Length) Find(ReadOnlySpan<byte> page, int start, int end)
    {
        var header = page[start..];
        int headerLength = header[0] switch { 2 or 5 => 12, 10 or 13 => 8, _ => 0 };
        if (headerLength == 0) return default;
        var (rows, content) = (BinaryPrimitives.ReadUInt16BigEndian(header[3..]), (int)BinaryPrimitives.ReadUInt16BigEndian(header[5..]));
        if (content == 0) content = 65536;
        var first = start + headerLength + (2 * rows);
        if (first > content || content > end) return default;
        // In a page that is damaged a row might begin there.
        for (var i = 0; i < rows; i++)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(header[(headerLength + (2 * i))..]) < content) return default;
        }
        return (first, content - first);
    }
}
