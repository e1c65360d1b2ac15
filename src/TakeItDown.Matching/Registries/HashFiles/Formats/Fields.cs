using System.Globalization;

namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>What fields of several formats are.</summary>
internal static class Fields
{
    /// <summary>Under this quality a picture is too plain to judge: 50 is the PDQ authors' recommended threshold.</summary>
    private const int LeastQuality = 50;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>How many hexadecimal digits a text begins with.</summary>
    public static int HexLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(HexDigits);
        return length < 0 ? text.Length : length;
    }

    public static bool IsHex(ReadOnlySpan<char> text) => !text.IsEmpty && HexLength(text) == text.Length;

    /// <summary>Reads a whole number, without a sign.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Reads a quality, 0 to 100.</summary>
    public static bool TryQuality(ReadOnlySpan<char> text, out int quality)
    {
        var isOne = TryNumber(text, out var number) && number <= 100;
        quality = isOne ? (int)number : 0;
        return isOne;
    }

    public static bool IsTooPlain(int quality) => quality < LeastQuality;

    /// <summary>The kind that a list calls by one of its common names: <c>md5</c>, <c>SHA-1</c>, <c>HASH_SHA256</c>, <c>video_md5</c>.</summary>
    public static HashKind KindOf(ReadOnlySpan<char> name)
    {
        Span<char> letters = stackalloc char[16];
        if (name.Length > letters.Length) return HashKind.None;
        var length = 0;
        foreach (var letter in name)
        {
            if (letter is not ('-' or '_' or ' ')) letters[length++] = char.ToLowerInvariant(letter);
        }
        return letters[..length] switch
        {
            "md5" or "hashmd5" or "md5hash" or "videomd5" or "photomd5" => HashKind.Md5,
            "sha1" or "hashsha1" or "sha1hash" => HashKind.Sha1,
            "sha256" or "sha2256" or "hashsha256" or "sha256hash" => HashKind.Sha256,
            "pdq" or "hashpdq" or "pdqhash" => HashKind.Pdq,
            _ => HashKind.None,
        };
    }
}
