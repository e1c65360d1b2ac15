using System.Globalization;

namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>Gathers entries: what is read under one name makes one entry.</summary>
internal sealed class EntryCollector
{
    /// <summary>A list that is longer belongs into a store.</summary>
    private const int MostHashes = 50_000_000;

    /// <summary>Longer names are no names of entries; their place in the file stands for them.</summary>
    private const int NameLimit = 512;

    private readonly Dictionary<string, Gathered> _entries = new(StringComparer.Ordinal);
    private readonly long[] _counts = new long[(int)HashKind.Pdq + 1];
    private long _hashes;

    /// <summary>The line or record that is being read, counted from 1.</summary>
    public long Place { get; set; }

    /// <summary>What a place is called: <c>line</c> or <c>record</c>.</summary>
    public string PlaceName { get; init; } = "line";

    /// <summary>How many frames of videos there are among the PDQ hashes.</summary>
    public long Frames { get; private set; }

    public bool IsEmpty => _hashes == 0;

    /// <summary>How many hashes of a kind were added.</summary>
    public long Count(HashKind kind) => _counts[(int)kind];

    /// <summary>Adds a hash.</summary>
    /// <param name="entry">The entry's name; where it is empty or overlong, the place stands for it.</param>
    /// <param name="value">The hash.</param>
    /// <param name="isFrame">Whether a PDQ hash is of a frame of a video.</param>
    /// <param name="classification">The entry's grade.</param>
    /// <returns>False where that would make the entry a picture and a video at once, and for the default hash.</returns>
    /// <exception cref="ListFormatException">The list is too long.</exception>
    public bool Add(ReadOnlySpan<char> entry, HashValue value, bool isFrame = false, string? classification = null)
    {
        if (value.Kind == HashKind.None) return false;
        var name = entry.Trim();
        var key = name.Length is 0 or > NameLimit ? string.Create(CultureInfo.InvariantCulture, $"{PlaceName}-{Place}") : name.ToString();
        if (!_entries.TryGetValue(key, out var gathered)) _entries.Add(key, gathered = new Gathered());
        if (value.Kind == HashKind.Pdq)
        {
            var media = isFrame ? MediaKind.Video : MediaKind.Image;
            if ((gathered.Media ??= media) != media) return false;
        }
        if (++_hashes > MostHashes)
            throw new ListFormatException($"The list holds more than {MostHashes:N0} hashes; a list store is for lists of such length.");
        gathered.Hashes.Add(value);
        gathered.Classification ??= classification is { Length: > 0 } ? classification : null;
        _counts[(int)value.Kind]++;
        if (isFrame) Frames++;
        return true;
    }

    /// <summary>Everything that was added.</summary>
    /// <param name="member">Whose entries they are.</param>
    public IReadOnlyList<ListEntry> Build(string member) =>
    [
        .. _entries.Where(entry => entry.Value.Hashes.Count > 0).Select(entry => new ListEntry
        {
            Key = new EntryKey(member, entry.Key),
            Media = entry.Value.Media ?? MediaKind.Image,
            Classification = entry.Value.Classification,
            Hashes = entry.Value.Hashes,
        }),
    ];

    private sealed class Gathered
    {
        /// <summary>None as long as there are digests only.</summary>
        public MediaKind? Media { get; set; }

        public string? Classification { get; set; }

        public List<HashValue> Hashes { get; } = [];
    }
}
