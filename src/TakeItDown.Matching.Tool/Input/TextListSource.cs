using System.Globalization;
using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.Tool.Input;

/// <summary>
/// A list in a text file: <c>kind,value[,entry]</c> a line, with <c>#</c> comments. Lines that name the same entry make one entry; the kind <c>vpdq</c>
/// is the PDQ hash of a frame, and makes the entry a video, which a picture cannot be, too. A bad line is reported by its number, never by its text, and skipped.
/// </summary>
internal sealed class TextListSource(string path, TimeProvider time) : IListSource
{
    private const int EntriesPerPage = 10_000;

    public string Name => "file";

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var entries = new Dictionary<string, Listed>(StringComparer.Ordinal);
        var number = 0;
        await using var lines = File.ReadLinesAsync(path, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(lines) is { } line)
        {
            number++;
            var text = line.AsSpan().Trim();
            if (text.IsEmpty || text[0] == '#') continue;
            if (!TryRead(text, number, entries)) await Console.Error.WriteLineAsync($"takeitdown: line {number} of the list is not 'kind,value[,entry]' and is skipped");
        }

        var first = true;
        foreach (var chunk in entries.Chunk(EntriesPerPage))
        {
            yield return Page(chunk, first, completeThrough: null);
            first = false;
        }
        yield return Page([], first, time.GetUtcNow());
    }

    private static async ValueTask<string?> NextAsync(IAsyncEnumerator<string> lines)
    {
        try
        {
            return await lines.MoveNextAsync() ? lines.Current : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ListSourceException("The list file could not be read.", exception);
        }
    }

    private static ListPage Page(KeyValuePair<string, Listed>[] entries, bool startsOver, DateTimeOffset? completeThrough) => new()
    {
        Cursor = "file",
        StartsOver = startsOver,
        CompleteThrough = completeThrough,
        Upserts = [.. entries.Select(entry => new ListEntry { Key = new EntryKey("file", entry.Key), Media = entry.Value.Media ?? MediaKind.Image, Hashes = entry.Value.Hashes })],
    };

    private static bool TryRead(ReadOnlySpan<char> line, int number, Dictionary<string, Listed> entries)
    {
        Span<Range> fields = stackalloc Range[4];
        var count = line.Split(fields, ',');
        if (count is not (2 or 3)) return false;
        var name = line[fields[0]].Trim();
        var isFrame = name.Equals("vpdq", StringComparison.OrdinalIgnoreCase);
        var kind = isFrame ? HashKind.Pdq : HashKindExtensions.FromName(name);
        if (!HashValue.TryParse(kind, line[fields[1]].Trim(), out var value)) return false;
        var entry = count == 3 ? line[fields[2]].Trim().ToString() : "";
        if (entry.Length == 0) entry = string.Create(CultureInfo.InvariantCulture, $"line-{number}");
        if (!entries.TryGetValue(entry, out var listed)) entries.Add(entry, listed = new Listed());
        if (kind == HashKind.Pdq)
        {
            var media = isFrame ? MediaKind.Video : MediaKind.Image;
            if ((listed.Media ??= media) != media) return false;
        }
        listed.Hashes.Add(value);
        return true;
    }

    private sealed class Listed
    {
        /// <summary>None as long as there are digests only.</summary>
        public MediaKind? Media { get; set; }

        public List<HashValue> Hashes { get; } = [];
    }
}
