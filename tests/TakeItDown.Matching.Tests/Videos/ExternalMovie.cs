using System.Buffers.Binary;

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>Turns a movie into one whose frames are said to lie in another file.</summary>
internal static class ExternalMovie
{
    private static readonly string[] Path = ["moov", "trak", "mdia", "minf", "dinf", "dref"];

    /// <summary>Puts an alias record in the place of "in this file". The index must come last, as no offset is corrected.</summary>
    public static byte[] Make(byte[] movie, string target)
    {
        var alias = Alias(target);
        var starts = Path.Select(box => movie.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(box)) - 4).ToArray();
        var entry = starts[^1] + 16;
        var oldLength = BinaryPrimitives.ReadInt32BigEndian(movie.AsSpan(entry));
        foreach (var start in starts)
            BinaryPrimitives.WriteInt32BigEndian(movie.AsSpan(start), BinaryPrimitives.ReadInt32BigEndian(movie.AsSpan(start)) + alias.Length - oldLength);
        return [.. movie[..entry], .. alias, .. movie[(entry + oldLength)..]];
    }

    /// <summary>A data reference of type 'alis': 150 bytes that say little, then the absolute path as item 2.</summary>
    private static byte[] Alias(string target)
    {
        var path = System.Text.Encoding.ASCII.GetBytes(target.Length % 2 == 0 ? "v/" + target : "v" + target);
        var box = new byte[12 + 150 + 4 + path.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        "alis"u8.CopyTo(box.AsSpan(4));
        // The volume's name, with which the path begins, and the file's, each a counted string.
        box[12 + 10] = 1;
        box[12 + 11] = (byte)'v';
        box[12 + 50] = 1;
        box[12 + 51] = (byte)'d';
        var item = box.AsSpan(12 + 150);
        BinaryPrimitives.WriteInt16BigEndian(item, 2);
        BinaryPrimitives.WriteInt16BigEndian(item[2..], (short)path.Length);
        path.CopyTo(item[4..]);
        BinaryPrimitives.WriteInt16BigEndian(item[(4 + path.Length)..], -1);
        return box;
    }
}
