using System.Globalization;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>
/// Reads a <c>queryResult</c>. A record that is malformed is counted and left out; a hash that is malformed is left out of its entry,
/// which is counted too. Elements that the protocol's notes do not name are passed over.
/// </summary>
internal sealed class NcmecPageParser
{
    /// <summary>Longer ids are malformed. Those seen are numbers and UUIDs.</summary>
    private const int IdLimit = 256;

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private readonly NcmecReader _reader;
    private readonly NcmecFilter _filter;
    private readonly PageBuilder _page = new();
    private readonly Dictionary<string, string> _interned = [];
    private readonly NcmecNotes _notes = new();
    private readonly List<HashValue> _hashes = [];

    private string? _next;
    private int _records;
    private bool _miscounts;

    private NcmecPageParser(NcmecReader reader, NcmecFilter filter) => (_reader, _filter) = (reader, filter);

    /// <summary>Reads a page.</summary>
    /// <exception cref="RegistryFormatException">The document is malformed as a whole.</exception>
    public static NcmecPage Parse(ArraySegment<byte> document, NcmecFilter filter) =>
        NcmecReader.Read(document, reader => new NcmecPageParser(reader, filter).ReadPage());

    private NcmecPage ReadPage()
    {
        _reader.MoveToRoot("queryResult");
        while (_reader.MoveToChild(0))
        {
            switch (_reader.Name)
            {
                case "images":
                    ReadRecords(MediaKind.Image, "image", "deletedImage");
                    break;
                case "videos":
                    ReadRecords(MediaKind.Video, "video", "deletedVideo");
                    break;
                case "paging":
                    ReadPaging();
                    break;
            }
        }
        _reader.MoveToEnd();
        var (upserts, removals) = _page.Build(_records);
        return new NcmecPage(upserts, removals, _page.Rejected, _records, _next, _miscounts);
    }

    private void ReadRecords(MediaKind media, string live, string deleted)
    {
        var depth = _reader.Depth;
        var promised = _reader.Attribute("count");
        int known = 0, unknown = 0;
        while (_reader.MoveToChild(depth))
        {
            if (_reader.Name == live) ReadEntry(media);
            else if (_reader.Name == deleted) ReadTombstone();
            else
            {
                unknown++;
                continue;
            }
            known++;
        }
        if (!int.TryParse(promised, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) count = known;
        // The documentation itself shows a count of two beside one record, and nobody outside knows what it counts.
        _miscounts |= count < known || count > known + unknown;
        // Records of a kind that is new to us are in the registry's totals, too.
        _records += Math.Clamp(count, known, known + unknown);
    }

    private void ReadEntry(MediaKind media)
    {
        var depth = _reader.Depth;
        string? member = null, id = null, classification = null;
        DateTimeOffset? timestamp = null;
        var wholesome = true;
        IReadOnlyList<string> categories = [];
        IReadOnlyList<MemberFeedback> feedback = [];
        _hashes.Clear();
        while (_reader.MoveToChild(depth))
        {
            switch (_reader.Name)
            {
                case "member":
                    member = ReadMember();
                    break;
                case "id":
                    id = ReadId();
                    break;
                case "timestamp":
                    timestamp = ReadTime();
                    break;
                case "classification":
                    classification = Intern(_reader.ReadText());
                    break;
                case "fingerprints":
                    wholesome &= ReadFingerprints();
                    break;
                case "categorizations" or "categorizationIds":
                    categories = _notes.ReadCategories(_reader);
                    break;
                case "feedback":
                    feedback = _notes.ReadFeedback(_reader);
                    break;
            }
        }
        if (member is null || id is null || timestamp is null)
        {
            _page.Reject();
            return;
        }
        if (!wholesome) _page.Reject(isLost: _hashes.Count == 0);
        if (!_filter.Keeps(member)) return;

        var key = new EntryKey(member, id);
        if (_hashes.Count > 0)
        {
            _page.Add(new ListEntry
            {
                Key = key,
                Media = media,
                Classification = classification,
                Timestamp = timestamp.Value,
                Hashes = _hashes.ToArray(),
                Categories = categories,
                Feedback = feedback,
            });
        }
        // An entry that lost its last usable hash must not stay live with the hashes it had before.
        else if (wholesome) _page.Remove(new ListRemoval(key, timestamp, IsWithdrawn: false));
    }

    private void ReadTombstone()
    {
        var depth = _reader.Depth;
        string? member = null, id = null;
        DateTimeOffset? timestamp = null;
        while (_reader.MoveToChild(depth))
        {
            if (_reader.Name == "member") member = ReadMember();
            else if (_reader.Name == "id") id = ReadId();
            else if (_reader.Name == "timestamp") timestamp = ReadTime();
        }
        if (member is null || id is null) _page.Reject();
        else if (_filter.Keeps(member)) _page.Remove(new ListRemoval(new EntryKey(member, id), timestamp));
    }

    /// <summary>Adds the hashes to <see cref="_hashes"/>, and says whether all that were there could be read.</summary>
    private bool ReadFingerprints()
    {
        var depth = _reader.Depth;
        var wholesome = true;
        while (_reader.MoveToChild(depth))
        {
            var kind = HashKindExtensions.FromName(_reader.Name);
            // Large fingerprints are given by address only; what the address serves is not ours to fetch.
            if (!_filter.Kinds.Contains(kind) || _reader.Attribute("href") is not null) continue;
            if (HashValue.TryParse(kind, _reader.ReadText(), out var hash)) _hashes.Add(hash);
            else wholesome = false;
        }
        return wholesome;
    }

    private void ReadPaging()
    {
        var depth = _reader.Depth;
        while (_reader.MoveToChild(depth))
        {
            if (_reader.Name != "next") continue;
            var next = _reader.ReadText();
            if (next.Length is 0 or NcmecReader.TextLimit) throw new RegistryFormatException("the address of its next page is empty or too long");
            _next = next.ToString();
        }
    }

    private string? ReadMember() => _reader.Attribute("id") is { Length: > 0 and <= IdLimit } id ? Intern(id.AsSpan().Trim()) : null;

    private string? ReadId() => _reader.ReadText() is { Length: > 0 and <= IdLimit } id ? id.ToString() : null;

    private DateTimeOffset? ReadTime() => DateTimeOffset.TryParseExact(_reader.ReadText(), TimeFormats, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>Few members and classifications stand in very many entries: one string each is enough.</summary>
    private string? Intern(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > IdLimit) return null;
        var known = _interned.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(text, out var interned)) return interned;
        interned = text.ToString();
        _interned.Add(interned, interned);
        return interned;
    }
}
