namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>
/// A CSV file whose first line names its columns, such as <c>tx dataset -P --csv</c> writes and spreadsheets export; separated by commas,
/// semicolons or tabs. Columns that are not known are passed over.
/// </summary>
/// <param name="kind">The kind of a column named <c>hash</c> where no other tells it; <see cref="HashKind.None"/> where nobody said.</param>
internal sealed class HeadedCsv(HashKind kind) : ILineParser
{
    private const string Separators = ",;\t";

    private readonly List<string> _fields = [];
    private readonly List<(int Column, HashKind Kind)> _named = [];
    private char _separator;
    private int _columns;
    private int _value = -1, _type = -1, _quality = -1, _category = -1, _entry = -1;

    public ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into)
    {
        if (_columns == 0) return TryHeader(line) ? ReadOutcome.Header : ReadOutcome.Unread;
        if (!Csv.TrySplit(line, _separator, _fields) || _fields.Count < _columns) return ReadOutcome.Unread;
        var classification = _category < 0 ? null : _fields[_category];
        if (classification is not null && TxSignal.IsCleared(classification)) return ReadOutcome.Cleared;
        var quality = 100;
        if (_quality >= 0 && _fields[_quality].Length > 0 && !Fields.TryQuality(_fields[_quality], out quality)) return ReadOutcome.Unread;
        return ReadHashes(Fields.IsTooPlain(quality), classification, into);
    }

    private ReadOutcome ReadHashes(bool isPlain, string? classification, EntryCollector into)
    {
        var entry = _entry < 0 ? "" : _fields[_entry];
        var (read, unread, plain) = (false, false, false);
        foreach (var (column, named) in _named)
        {
            if (_fields[column].Length == 0) continue;
            if (named == HashKind.Pdq && isPlain) plain = true;
            else if (HashValue.TryParse(named, _fields[column], out var value) && into.Add(entry, value, isFrame: false, classification)) read = true;
            else unread = true;
        }
        var outcome = unread ? ReadOutcome.Unread : read ? ReadOutcome.Read : plain ? ReadOutcome.TooPlain : ReadOutcome.Unread;
        if (_value < 0 || _fields[_value].Length == 0) return outcome;
        var other = ReadTyped(entry, isPlain, classification, into);
        return outcome == ReadOutcome.Read && other is not (ReadOutcome.Unread or ReadOutcome.NeedsKind) ? outcome : other;
    }

    private ReadOutcome ReadTyped(string entry, bool isPlain, string? classification, EntryCollector into)
    {
        var hash = _fields[_value];
        // A quality is PDQ's alone.
        var type = _type >= 0 ? _fields[_type] : _quality >= 0 ? HashKind.Pdq.ToName() : kind.ToName();
        if (_type < 0 && _quality < 0 && kind == HashKind.None) return Fields.IsHex(hash) ? ReadOutcome.NeedsKind : ReadOutcome.Unread;
        if (isPlain && Fields.KindOf(type) == HashKind.Pdq) return ReadOutcome.TooPlain;
        return TxSignal.Add(type, hash, entry, classification, into);
    }

    private bool TryHeader(ReadOnlySpan<char> line)
    {
        foreach (var separator in Separators)
        {
            if (!Csv.TrySplit(line, separator, _fields)) continue;
            if (_fields.Exists(field => field.Length > 64 || (field.Length >= 32 && Fields.IsHex(field)))) continue;
            (_value, _type, _quality, _category, _entry) = (-1, -1, -1, -1, -1);
            _named.Clear();
            for (var column = 0; column < _fields.Count; column++) Assign(_fields[column], column);
            if (_named.Count == 0 && _value < 0) continue;
            (_separator, _columns) = (separator, _fields.Count);
            return true;
        }
        return false;
    }

    private void Assign(string name, int column)
    {
        switch (name.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal))
        {
            case "signalstr" or "value" or "hash" or "hashvalue" or "indicator" when _value < 0:
                _value = column;
                break;
            case "signaltype" or "kind" or "type" or "hashtype" or "algorithm" when _type < 0:
                _type = column;
                break;
            case "quality" or "pdqquality" when _quality < 0:
                _quality = column;
                break;
            case "category" or "classification" when _category < 0:
                _category = column;
                break;
            case "entry" or "id" or "entryid" or "mediaid" or "file" or "filename" or "filepath" or "path" or "name" when _entry < 0:
                _entry = column;
                break;
            default:
                if (Fields.KindOf(name) is not HashKind.None and var named) _named.Add((column, named));
                break;
        }
    }
}
