using System.Text;
using System.Text.Json;

namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>Reads lists from files, in any of the formats that people have.</summary>
internal static class ListFile
{
    private static readonly (byte[] Mark, Encoding Encoding)[] Encodings =
    [
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    /// <summary>Reads a list. A line or record that cannot be read is counted, and the rest goes on.</summary>
    /// <param name="file">The file; a pipe will do.</param>
    /// <param name="format">The format; null to tell it by content.</param>
    /// <param name="kind">The kind of hashes whose kind the file does not tell.</param>
    /// <param name="cancellationToken">Stops between two lines or records.</param>
    /// <exception cref="ListFormatException">The list cannot be read as a whole.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ListReading Read(Stream file, ListFormat? format, HashKind kind, CancellationToken cancellationToken)
    {
        using var peeked = new PeekedStream(file, FormatDetection.HeadLength);
        using var text = ToUtf8(peeked);
        if (text == peeked) return Read(peeked, format, kind, cancellationToken);
        using var repeeked = new PeekedStream(text, FormatDetection.HeadLength);
        return Read(repeeked, format, kind, cancellationToken);
    }

    private static ListReading Read(PeekedStream text, ListFormat? format, HashKind kind, CancellationToken cancellationToken)
    {
        FormatDetection.CheckText(text.Head);
        format ??= FormatDetection.Find(text.Head, text.IsWhole, kind);
        if (kind != HashKind.None && !format.TakesKind)
            throw new ListFormatException($"The list is of the format '{format.Name}', which tells the kinds of its hashes: leave the kind out.");
        var reading = format.Lines is null ? ReadJson(text, format, cancellationToken) : ReadLines(text, format, kind, cancellationToken);
        if (kind != HashKind.None && !reading.Entries.IsEmpty && reading.Entries.Count(kind) == 0)
            throw new ListFormatException($"The list was read as '{format.Name}', and holds no {kind.ToName()}. Leave the kind out, or correct it.");
        return reading;
    }

    private static ListReading ReadLines(Stream text, ListFormat format, HashKind kind, CancellationToken cancellationToken)
    {
        var reading = new ListReading(format, new EntryCollector());
        var parser = format.Lines!(kind);
        using var lines = new ListLines(text);
        while (lines.TryRead(out var line))
        {
            reading.Entries.Place++;
            cancellationToken.ThrowIfCancellationRequested();
            if (lines.IsTooLong) reading.Tell(ReadOutcome.Unread, isTooLong: true);
            else if (!line.IsEmpty && line[0] != '#') reading.Tell(parser.Read(line, reading.Entries));
        }
        return reading;
    }

    private static ListReading ReadJson(Stream text, ListFormat format, CancellationToken cancellationToken)
    {
        var reading = new ListReading(format, new EntryCollector { PlaceName = "record" });
        try
        {
            format.Json!(new JsonTokens(text), reading.Entries, outcome =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                reading.Tell(outcome);
            });
        }
        catch (JsonException exception)
        {
            reading.DamagedFrom = (exception.LineNumber ?? 0) + 1;
        }
        return reading;
    }

    /// <summary>Windows' tools write UTF-16, with a mark at the beginning.</summary>
    private static Stream ToUtf8(PeekedStream file)
    {
        foreach (var (mark, encoding) in Encodings)
        {
            if (file.Head.StartsWith(mark)) return Encoding.CreateTranscodingStream(file, encoding, Encoding.UTF8);
        }
        return file;
    }
}
