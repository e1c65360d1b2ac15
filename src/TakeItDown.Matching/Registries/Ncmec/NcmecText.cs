using System.Text;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>What a document must be before an XML reader sees it.</summary>
internal static class NcmecText
{
    /// <summary>The most bytes between one <c>&lt;</c> and the next. Those seen have some hundred, but the fingerprints of kinds to come may have more.</summary>
    private const int StretchLimit = 1 << 20;

    /// <summary>
    /// Refuses tags and texts that are far too long. An XML reader holds a tag with all of its attributes at once, and compares them with each other;
    /// but no tag holds a <c>&lt;</c> besides its first, and so none is long where none of these is far from the next.
    /// </summary>
    /// <exception cref="RegistryFormatException">There is one, or the document is not UTF-8, in which this could not be told.</exception>
    public static void Check(ReadOnlySpan<byte> document)
    {
        if (document.StartsWith(Encoding.UTF8.Preamble)) document = document[Encoding.UTF8.Preamble.Length..];
        // Every other encoding that a reader may take it for without being told begins with another byte, or has zeros.
        if (document.Length > 0 && (document[0] > '<' || document[..Math.Min(4, document.Length)].Contains((byte)0)))
            throw new RegistryFormatException("it is no text in UTF-8");
        while (document.Length > StretchLimit)
        {
            var last = document[1..(StretchLimit + 1)].LastIndexOf((byte)'<');
            if (last < 0) throw new RegistryFormatException("it holds a tag or a text that is far too long");
            document = document[(last + 1)..];
        }
    }

    /// <summary>Refuses a document that names another encoding than UTF-8: a reader goes over to it.</summary>
    public static void CheckEncoding(string? name)
    {
        if (name is not null && !name.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) throw new RegistryFormatException("it is no text in UTF-8");
    }
}
