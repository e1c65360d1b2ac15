using System.Text;
using System.Text.Json;

namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>Tells by a file's beginning which format it is in.</summary>
internal static class FormatDetection
{
    /// <summary>How much of a file is looked at, in bytes of UTF-8.</summary>
    public const int HeadLength = 1 << 18;

    private const string Advice = "give the format";

    /// <summary>What is no text at all, told by how it begins, and what to do about it.</summary>
    private static readonly (byte[] Signature, string What)[] Others =
    [
        ([0x80, 2], Pickle), ([0x80, 3], Pickle), ([0x80, 4], Pickle), ([0x80, 5], Pickle),
        ("SQLite format 3\0"u8.ToArray(), "a database; it may be a list store, which is no file of hashes"),
        ([0x1F, 0x8B], Packed), ("PK\x3\x4"u8.ToArray(), Packed), ("BZh"u8.ToArray(), Packed), ([0xFD, .. "7zXZ"u8], Packed), ([.. "7z"u8, 0xBC, 0xAF], Packed), ([0x28, 0xB5, 0x2F, 0xFD], Packed),
    ];

    private const string Pickle = "a Python pickle, which only the program that wrote it should open; let it write a text, with 'tx dataset -P --csv'";
    private const string Packed = "compressed; unpack it first";

    /// <summary>Refuses what is no text.</summary>
    /// <exception cref="ListFormatException">It is none, or empty.</exception>
    public static void CheckText(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty) throw new ListFormatException("The list is empty.");
        foreach (var (signature, what) in Others)
        {
            if (head.StartsWith(signature)) throw new ListFormatException($"The list is {what}.");
        }
        if (head.Contains((byte)0)) throw new ListFormatException("The list is no text.");
    }

    /// <summary>Tells the format.</summary>
    /// <exception cref="ListFormatException">It is none that is known, or could be several.</exception>
    public static ListFormat Find(ReadOnlySpan<byte> head, bool isWhole, HashKind kind)
    {
        if (head.StartsWith(Encoding.UTF8.Preamble)) head = head[Encoding.UTF8.Preamble.Length..];
        return head.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] ? FindJson(head) : FindLines(head, isWhole, kind);
    }

    private static ListFormat FindJson(ReadOnlySpan<byte> head)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueSpan.Length < 256) names.Add(reader.GetString()!);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What comes before the fault may tell.
        }
        return ListFormat.Table.FirstOrDefault(format => format.RecognisesJson?.Invoke(names) == true)
            ?? throw new ListFormatException($"The list is JSON, but of no format that is told by content: {Advice}.");
    }

    /// <summary>The format that reads most of the lines, and leaves fewest unread.</summary>
    private static ListFormat FindLines(ReadOnlySpan<byte> head, bool isWhole, HashKind kind)
    {
        // A line that is cut by the end of what is looked at tells nothing.
        if (!isWhole) head = head[..Math.Max(head.LastIndexOf((byte)'\n'), 0)];
        var bytes = head.ToArray();
        var scores = ListFormat.Table.Where(format => format.Lines is not null).Select(format => (Format: format, Score: Try(format, bytes, kind)))
            .OrderByDescending(each => each.Score.Read).ThenBy(each => each.Score.Unread).ToList();
        var (best, next) = (scores[0], scores[1]);
        if (best.Score.Read == 0) throw new ListFormatException($"No line of the list could be read: it is of no format that is told by content; {Advice}.");
        if (best.Score == next.Score) throw new ListFormatException($"The list may be of the format '{best.Format.Name}' or '{next.Format.Name}'; give the format.");
        return best.Format;
    }

    private static (int Read, int Unread) Try(ListFormat format, byte[] head, HashKind kind)
    {
        var (parser, sink) = (format.Lines!(format.TakesKind ? kind : HashKind.None), new EntryCollector());
        using var lines = new ListLines(new MemoryStream(head));
        var (read, unread) = (0, 0);
        while (lines.TryRead(out var line))
        {
            sink.Place++;
            if (line.IsEmpty || line[0] == '#') continue;
            switch (parser.Read(line, sink))
            {
                case ReadOutcome.Unread:
                    unread++;
                    break;
                case not ReadOutcome.Header:
                    read++;
                    break;
            }
        }
        return (read, unread);
    }
}
