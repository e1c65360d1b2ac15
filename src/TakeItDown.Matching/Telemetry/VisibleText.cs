using System.Globalization;
using System.Text;

namespace TakeItDown.Matching.Telemetry;

/// <summary>
/// Texts of others (names of files, entries and members, a registry's words) as a person may safely be shown them: what a terminal would obey, what turns
/// the direction of writing and what nobody sees is spelled out.
/// </summary>
internal static class VisibleText
{
    /// <summary>Characters that are letters or marks by their category, and yet nobody sees.</summary>
    private static readonly int[] Blanks = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0];

    /// <summary>Whether a character is to be spelled out: controls, formats (all that set direction or have no width), line and paragraph separators.</summary>
    public static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || Blanks.AsSpan().Contains(rune.Value);

    /// <summary>Spells out as <c>\u{202E}</c> what is hidden, and half of a surrogate pair.</summary>
    public static string Clean(string text)
    {
        StringBuilder? cleaned = null;
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && !IsHidden(rune)) cleaned?.Append(text, i, length);
            else
            {
                cleaned ??= new StringBuilder(text.Length + 16).Append(text, 0, i);
                cleaned.Append(CultureInfo.InvariantCulture, $"\\u{{{(isWhole ? rune.Value : text[i]):X4}}}");
            }
            i += length;
        }
        return cleaned?.ToString() ?? text;
    }
}
