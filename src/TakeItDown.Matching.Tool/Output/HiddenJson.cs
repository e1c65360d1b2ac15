using System.Buffers;
using System.Globalization;
using System.Text;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Tool.Output;

/// <summary>
/// Escapes in finished JSON what a terminal would obey or nobody sees. Such characters stand only within texts, where <c>\u202E</c> means the same.
/// </summary>
internal static class HiddenJson
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(value => (byte)value)]);

    /// <summary>Writes a line of JSON, without its end, and its end.</summary>
    public static void Write(ReadOnlySpan<byte> json, MemoryStream to)
    {
        while (true)
        {
            var length = json.IndexOfAnyExcept(Plain);
            to.Write(length < 0 ? json : json[..length]);
            if (length < 0) break;
            json = json[length..];
            var isSound = Rune.DecodeFromUtf8(json, out var rune, out var consumed) == OperationStatus.Done;
            if (isSound && !VisibleText.IsHidden(rune)) to.Write(json[..consumed]);
            else Escape(rune, to);
            json = json[consumed..];
        }
        to.WriteByte((byte)'\n');
    }

    private static void Escape(Rune rune, MemoryStream to)
    {
        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)]) to.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}")));
    }
}
