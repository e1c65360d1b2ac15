using System.Text;
using System.Text.Json;

namespace TakeItDown.Matching.Registries.StopNcii;

/// <summary>
/// Reads an answer to <c>FetchHashes</c>. A record that is malformed is counted and left out. Records of other kinds of hash, and
/// properties that are not named here, are passed over.
/// </summary>
internal ref struct StopNciiPageParser
{
    /// <summary>Longer tokens do not fit into an address. Those seen have some 200 characters.</summary>
    private const int TokenLimit = 4096;

    private const int LongestHash = 64; // hexadecimal digits of a PDQ hash

    private readonly PageBuilder _page = new();
    private Utf8JsonReader _reader;
    private long? _count;
    private long _records, _nextSet;
    private bool? _hasMore;
    private bool _hasRecords;
    private string? _token;

    private StopNciiPageParser(ReadOnlySpan<byte> document) => _reader = new Utf8JsonReader(document);

    /// <summary>Reads a page.</summary>
    /// <exception cref="RegistryFormatException">The document is malformed as a whole.</exception>
    public static StopNciiPage Parse(ArraySegment<byte> document)
    {
        try
        {
            var bytes = document.AsSpan();
            return new StopNciiPageParser(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes).ReadPage();
        }
        catch (JsonException e)
        {
            // The reader's own text quotes the document, and the document holds hashes.
            throw new RegistryFormatException($"it is no well-formed JSON, from line {e.LineNumber}, byte {e.BytePositionInLine} on");
        }
    }

    private StopNciiPage ReadPage()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject) throw new RegistryFormatException("the document is no object");
        while (MoveToProperty())
        {
            if (Is("hashRecords"u8)) ReadRecords();
            else if (Is("count"u8)) _count = ReadNumber();
            else if (Is("hasMoreRecords"u8)) _hasMore = ReadFlag();
            else if (Is("nextPageToken"u8)) _token = ReadToken();
            else if (Is("nextSetTimestamp"u8)) _nextSet = ReadNumber() ?? 0;
            else SkipValue();
        }
        // What follows the object makes the document malformed.
        while (_reader.Read()) { }
        if (!_hasRecords || _hasMore is null) throw new RegistryFormatException("hashRecords or hasMoreRecords is missing");
        if (_hasMore.Value && string.IsNullOrEmpty(_token)) throw new RegistryFormatException("it has more records, and does not name the page they are on");
        var (upserts, removals) = _page.Build(_records);
        return new StopNciiPage(upserts, removals, _page.Rejected, _hasMore.Value ? _token : null, _nextSet, _records, Miscounts: _count != _records);
    }

    private void ReadRecords()
    {
        _reader.Read();
        // A list without records may be written as no list.
        if (_reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null)) throw new RegistryFormatException("hashRecords is no list");
        _hasRecords = true;
        if (_reader.TokenType == JsonTokenType.Null) return;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _records++;
            if (_reader.TokenType == JsonTokenType.StartObject) ReadRecord();
            else
            {
                _reader.Skip();
                _page.Reject();
            }
        }
    }

    private void ReadRecord()
    {
        var record = new StopNciiRecord();
        // The kind may stand behind the hash, and so the hash is read as either; their lengths differ.
        HashValue? pdq = null, md5 = null;
        var kind = HashKind.None;
        var hasKind = false;
        while (MoveToProperty())
        {
            if (Is("signalType"u8)) (hasKind, kind) = (MoveToText() && !_reader.ValueIsEscaped, Says("ImagePDQ"u8) ? HashKind.Pdq : Says("VideoMD5"u8) ? HashKind.Md5 : HashKind.None);
            else if (Is("hashValue"u8)) (pdq, md5) = MoveToText() ? (Hash(HashKind.Pdq), Hash(HashKind.Md5)) : (null, null);
            else if (Is("hashStatus"u8)) record.Status = MoveToText() ? Status() : StopNciiStatus.Unknown;
            else if (Is("lastModtimestamp"u8)) record.Timestamp = ReadTime();
            else SkipValue();
        }
        // A record that does not tell its kind, or in no way that is read here, is malformed; one of another kind is none of ours.
        record.IsKnownKind = kind != HashKind.None || !hasKind;
        record.Media = kind == HashKind.Pdq ? MediaKind.Image : MediaKind.Video;
        record.Hash = kind == HashKind.Pdq ? pdq : kind == HashKind.Md5 ? md5 : null;
        record.AddTo(_page);
    }

    private readonly StopNciiStatus Status() =>
        Says("Received"u8) || Says("Active"u8) ? StopNciiStatus.Live : Says("Withdrawn"u8) || Says("Deleted"u8) ? StopNciiStatus.Gone : StopNciiStatus.Unknown;

    private readonly HashValue? Hash(HashKind kind)
    {
        Span<char> hex = stackalloc char[LongestHash];
        var length = _reader.ValueSpan.Length;
        if (length > LongestHash || Ascii.ToUtf16(_reader.ValueSpan, hex, out _) != System.Buffers.OperationStatus.Done) return null;
        return HashValue.TryParse(kind, hex[..length], out var hash) ? hash : null;
    }

    private DateTimeOffset? ReadTime() =>
        ReadNumber() is { } seconds && seconds > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private string? ReadToken()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null) return null;
        if (_reader.TokenType != JsonTokenType.String || _reader.ValueSpan.Length > TokenLimit) throw new RegistryFormatException("nextPageToken is no text, or too long");
        try
        {
            return _reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new RegistryFormatException("nextPageToken is no text");
        }
    }

    private long? ReadNumber()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var number)) return number;
        _reader.Skip();
        return null;
    }

    private bool? ReadFlag()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.True or JsonTokenType.False) return _reader.GetBoolean();
        _reader.Skip();
        return null;
    }

    /// <summary>Goes to the value of the current property; false where it is no text, which is then passed over.</summary>
    private bool MoveToText()
    {
        SkipValue();
        return _reader.TokenType == JsonTokenType.String;
    }

    /// <summary>Whether the current name is this one. Nobody escapes the letters of these words, and what is escaped may be no text at all.</summary>
    private readonly bool Is(ReadOnlySpan<byte> name) => !_reader.ValueIsEscaped && _reader.ValueSpan.SequenceEqual(name);

    /// <summary>Whether the current text is this word in any case: a withdrawal must not be lost for its first letter.</summary>
    private readonly bool Says(ReadOnlySpan<byte> word) => !_reader.ValueIsEscaped && Ascii.EqualsIgnoreCase(_reader.ValueSpan, word);

    /// <summary>Goes to the next property of the current object; false at its end.</summary>
    private bool MoveToProperty() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    private void SkipValue()
    {
        _reader.Read();
        _reader.Skip();
    }
}
