using System.Text;

namespace TakeItDown.Matching.Registry.Ncmec;

/// <summary>
/// The text of a document. An XML reader holds a tag with all of its attributes at once, and compares them with each other; but no tag holds a
/// <c>&lt;</c> besides its first, and so none is long where none of these is far from the next.
/// </summary>
internal sealed class NcmecText(Stream document) : StreamReader(document, Strict, detectEncodingFromByteOrderMarks: false)
{
    /// <summary>The most characters between one <c>&lt;</c> and the next. Those seen have some hundred, but the fingerprints of kinds to come may have more.</summary>
    private const int StretchLimit = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private int _stretch;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = base.Read(buffer, index, count);
        var text = buffer.AsSpan(index, read);
        for (int tag; (tag = text.IndexOf('<')) >= 0; text = text[(tag + 1)..])
        {
            Pass(tag);
            _stretch = 0;
        }
        Pass(text.Length);
        return read;
    }

    private void Pass(int length)
    {
        if ((_stretch += length) > StretchLimit) throw new RegistryFormatException("it holds a tag or a text that is far too long");
    }
}
