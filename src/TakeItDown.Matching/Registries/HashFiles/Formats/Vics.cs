using System.Text.Json;

namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>
/// Project VIC's JSON (VICS 1 and 2): <c>value</c> is an array of media, or of cases with an array <c>Media</c> each. A medium has <c>MD5</c>,
/// <c>SHA1</c>, <c>MediaID</c>, <c>Category</c>, and <c>AlternativeHashes</c> of a <c>HashName</c> and a <c>HashValue</c> each.
/// </summary>
internal static class Vics
{
    /// <summary>In every country's scheme, what was judged not to be pertinent.</summary>
    private const string NotPertinent = "0";

    public static bool Recognises(IReadOnlySet<string> names) => names.Overlaps(["value", "@odata.context", "odata.metadata"]);

    public static void Read(JsonTokens json, EntryCollector into, Action<ReadOutcome> tell)
    {
        while (json.Read())
        {
            if (json.Type != JsonTokenType.PropertyName || json.Depth != 1) continue;
            if (json.Text != "value") json.Skip();
            else if (json.Read() && json.Type == JsonTokenType.StartArray) ReadRecords(json, into, tell);
        }
    }

    /// <summary>Reads an array of media or cases.</summary>
    private static void ReadRecords(JsonTokens json, EntryCollector into, Action<ReadOutcome> tell)
    {
        var depth = json.Depth;
        while (json.Read() && json.Depth > depth)
        {
            if (json.Type == JsonTokenType.StartObject)
            {
                ReadRecord(json, into, tell);
                continue;
            }
            into.Place++;
            tell(ReadOutcome.Unread);
            if (json.Type != JsonTokenType.StartArray) continue;
            var inner = json.Depth;
            while (json.Read() && json.Depth > inner) { }
        }
    }

    private static void ReadRecord(JsonTokens json, EntryCollector into, Action<ReadOutcome> tell)
    {
        var depth = json.Depth;
        var medium = new Medium();
        var isCase = false;
        while (json.Read() && json.Depth > depth)
        {
            switch (json.Text.ToUpperInvariant())
            {
                case "MEDIA":
                    isCase = true;
                    if (json.Read() && json.Type == JsonTokenType.StartArray) ReadRecords(json, into, tell);
                    else if (json.Type == JsonTokenType.StartObject) ReadRecord(json, into, tell);
                    break;
                case "MEDIAID":
                    medium.Id = json.ReadText();
                    break;
                case "CATEGORY":
                    medium.Category = json.ReadText();
                    break;
                case "PHOTODNA":
                    medium.IsOther |= json.ReadText().Length > 0;
                    break;
                case "ALTERNATIVEHASHES":
                    ReadAlternatives(json, medium);
                    break;
                default:
                    if (Fields.KindOf(json.Text) is not HashKind.None and var kind) medium.Add(kind, json.ReadText());
                    else json.Skip();
                    break;
            }
        }
        if (isCase && medium.IsEmpty) return;
        into.Place++;
        tell(medium.AddTo(into));
    }

    private static void ReadAlternatives(JsonTokens json, Medium medium)
    {
        if (!json.Read() || json.Type is not (JsonTokenType.StartArray or JsonTokenType.StartObject)) return;
        var depth = json.Depth;
        var (name, value) = ("", "");
        while (json.Read() && json.Depth > depth)
        {
            if (json.Type == JsonTokenType.PropertyName)
            {
                if (json.Text == "HashName") name = json.ReadText();
                else if (json.Text == "HashValue") value = json.ReadText();
                else json.Skip();
            }
            else if (json.Type == JsonTokenType.EndObject)
            {
                medium.AddAlternative(name, value);
                (name, value) = ("", "");
            }
        }
    }

    private sealed class Medium
    {
        private readonly HashSet<HashValue> _hashes = [];
        private bool _isDamaged;

        public string Id { get; set; } = "";

        public string Category { get; set; } = "";

        /// <summary>Whether there is a hash of a kind that is not compared.</summary>
        public bool IsOther { get; set; }

        public bool IsEmpty => _hashes.Count == 0 && !_isDamaged && !IsOther;

        public void Add(HashKind kind, string text)
        {
            // Tools write an empty text where they have no hash.
            if (text.Length == 0) return;
            if (HashValue.TryParse(kind, text, out var value)) _hashes.Add(value);
            else _isDamaged = true;
        }

        public void AddAlternative(string name, string text)
        {
            if (Fields.KindOf(name) is not HashKind.None and var kind) Add(kind, text);
            else IsOther |= text.Length > 0;
        }

        public ReadOutcome AddTo(EntryCollector into)
        {
            if (Category == NotPertinent) return ReadOutcome.Cleared;
            var isWhole = !_isDamaged;
            foreach (var value in _hashes) isWhole &= into.Add(Id, value, isFrame: false, Category);
            if (!isWhole) return ReadOutcome.Unread;
            if (_hashes.Count > 0) return ReadOutcome.Read;
            return IsOther ? ReadOutcome.NotCompared : ReadOutcome.Unread;
        }
    }
}
