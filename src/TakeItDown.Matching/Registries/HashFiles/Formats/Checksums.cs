using System.Text;

namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>
/// What <c>md5sum</c>, <c>sha1sum</c>, <c>sha256sum</c> and <c>md5deep</c> print (<c>hash  file</c>, <c>hash *file</c>, <c>\hash  file</c> with
/// escapes), <c>md5 -r</c> (<c>hash file</c>), and BSD's and OpenSSL's way (<c>MD5 (file) = hash</c>).
/// </summary>
/// <param name="kind">The kind of hashes of 64 digits where the line does not tell; <see cref="HashKind.None"/> where nobody said.</param>
internal sealed class Checksums(HashKind kind) : ILineParser
{
    /// <summary>Digits of SHA-224, SHA-384 and SHA-512.</summary>
    private const int Sha224 = 56, Sha384 = 96, Sha512 = 128;

    public ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into)
    {
        var isEscaped = line.StartsWith('\\');
        if (isEscaped) line = line[1..];
        return Fields.HexLength(line) is >= 32 and var digits && digits < line.Length && line[digits] == ' '
            ? ReadGnu(line[..digits], line[(digits + 1)..], isEscaped, into) : ReadBsd(line, isEscaped, into);
    }

    private ReadOutcome ReadGnu(ReadOnlySpan<char> hash, ReadOnlySpan<char> file, bool isEscaped, EntryCollector into)
    {
        var isPlain = file.IsEmpty || file[0] is not (' ' or '*');
        if (!isPlain) file = file[1..];
        if (file.IsEmpty) return ReadOutcome.Unread;
        if (hash.Length is Sha224 or Sha384 or Sha512) return ReadOutcome.NotCompared;
        // Two characters between are the sign of sha256sum; one is what people write between any hash and its file.
        if (hash.Length == 64 && isPlain && kind is not (HashKind.Sha256 or HashKind.Pdq)) return ReadOutcome.NeedsKind;
        var told = hash.Length switch
        {
            32 => HashKind.Md5,
            40 => HashKind.Sha1,
            64 => kind == HashKind.Pdq ? HashKind.Pdq : HashKind.Sha256,
            _ => HashKind.None,
        };
        return Add(told, hash, file, isEscaped, into);
    }

    private static ReadOutcome ReadBsd(ReadOnlySpan<char> line, bool isEscaped, EntryCollector into)
    {
        var (open, close) = (line.IndexOf('('), line.LastIndexOf(')'));
        if (open <= 0 || close < open) return ReadOutcome.Unread;
        var name = line[..open].TrimEnd();
        var rest = line[(close + 1)..].TrimStart();
        if (!rest.StartsWith('=') || name.ContainsAny(' ', ',')) return ReadOutcome.Unread;
        var hash = rest[1..].Trim();
        if (hash.Length < 32 || !Fields.IsHex(hash)) return ReadOutcome.Unread;
        var told = Fields.KindOf(name);
        return told == HashKind.None ? ReadOutcome.NotCompared : Add(told, hash, line[(open + 1)..close], isEscaped, into);
    }

    private static ReadOutcome Add(HashKind kind, ReadOnlySpan<char> hash, ReadOnlySpan<char> file, bool isEscaped, EntryCollector into) =>
        HashValue.TryParse(kind, hash, out var value) && into.Add(isEscaped ? Unescape(file) : file, value) ? ReadOutcome.Read : ReadOutcome.Unread;

    private static string Unescape(ReadOnlySpan<char> name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var isEscape = name[i] == '\\' && i + 1 < name.Length;
            text.Append(!isEscape ? name[i] : name[++i] switch { 'n' => '\n', 'r' => '\r', var other => other });
        }
        return text.ToString();
    }
}
