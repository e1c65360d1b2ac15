using System.Xml;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>
/// Walks the children of an XML element. Nothing it reads can make it hold more than one short text, descend deeply or fetch
/// anything: DTDs are forbidden, depth, length and names are bounded. What is not asked for is passed over.
/// </summary>
internal sealed class NcmecReader : IDisposable
{
    /// <summary>The longest text that is read; of a longer one, only so much that no caller can take it for valid.</summary>
    public const int TextLimit = 2048;

    /// <summary>Of every element.</summary>
    public const string Namespace = "https://hashsharing.ncmec.org/hashsharing/v2";

    /// <summary>The deepest element of the protocol is the seventh.</summary>
    private const int DepthLimit = 32;

    private readonly XmlReader _reader;
    private readonly char[] _text = new char[TextLimit];

    private NcmecReader(ArraySegment<byte> document)
    {
        NcmecText.Check(document);
        _reader = XmlReader.Create(new MemoryStream(document.Array!, document.Offset, document.Count, writable: false), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            NameTable = new NcmecNames(),
        });
    }

    /// <summary>The depth of the current element; 0 for the root.</summary>
    public int Depth => _reader.Depth;

    /// <summary>The name of the current element.</summary>
    public string Name => _reader.LocalName;

    /// <summary>Reads a document.</summary>
    /// <exception cref="RegistryFormatException">It is no well-formed XML.</exception>
    public static T Read<T>(ArraySegment<byte> document, Func<NcmecReader, T> read)
    {
        try
        {
            using var reader = new NcmecReader(document);
            return read(reader);
        }
        catch (XmlException e)
        {
            // The reader's own text quotes the document, and the document holds hashes.
            throw new RegistryFormatException($"it is no well-formed XML, from line {e.LineNumber}, position {e.LinePosition} on");
        }
    }

    /// <summary>Goes to the root, which must be this element; null for any of the protocol.</summary>
    public void MoveToRoot(string? name = null)
    {
        if (_reader.Read() && _reader.NodeType == XmlNodeType.XmlDeclaration) NcmecText.CheckEncoding(_reader.GetAttribute("encoding"));
        if (_reader.MoveToContent() != XmlNodeType.Element || (name is not null && _reader.LocalName != name) || _reader.NamespaceURI != Namespace)
            throw new RegistryFormatException($"the document is no {name ?? "document"} of the protocol's version 2");
    }

    /// <summary>Goes to the next child of the element at this depth, whatever was read of the child before.</summary>
    /// <returns>False where there is none left.</returns>
    public bool MoveToChild(int depth)
    {
        if (_reader.Depth == depth && _reader.IsEmptyElement) return false;
        while (Read())
        {
            if (_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth) return false;
            if (_reader.NodeType == XmlNodeType.Element && _reader.Depth == depth + 1 && _reader.NamespaceURI == Namespace) return true;
        }
        return false;
    }

    /// <summary>An attribute of the current element.</summary>
    public string? Attribute(string name) => _reader.GetAttribute(name);

    /// <summary>The text of the current element, without the white space around it. It is valid until the next call.</summary>
    public ReadOnlySpan<char> ReadText()
    {
        if (_reader.IsEmptyElement) return [];
        var depth = _reader.Depth;
        var length = 0;
        while (Read() && _reader.Depth > depth)
        {
            if (_reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement) continue;
            for (int read; length < TextLimit && (read = _reader.ReadValueChunk(_text, length, TextLimit - length)) > 0;) length += read;
        }
        // A text that fills the buffer keeps its full length, so that it is seen to be too long.
        return length == TextLimit ? _text : _text.AsSpan(0, length).Trim();
    }

    /// <summary>Reads what follows the root: a document that is cut short there is no document.</summary>
    public void MoveToEnd()
    {
        while (Read()) { }
    }

    public void Dispose() => _reader.Dispose();

    private bool Read()
    {
        if (!_reader.Read()) return false;
        if (_reader.Depth > DepthLimit) throw new RegistryFormatException("its elements are nested too deeply");
        return true;
    }
}
