using System.Text;

namespace TakeItDown.Matching.Sqlite;

/// <summary>Gives one string for equal texts: few members and classifications stand in very many entries.</summary>
internal sealed class StringPool
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    public string Get(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.Length <= 256 ? stackalloc char[256] : new char[utf8.Length];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known)) return known;
        known = text.ToString();
        _known.Add(known, known);
        return known;
    }
}
