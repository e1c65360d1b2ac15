using System.Xml;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>The names in a document, which an XML reader holds to its end, whether they are asked for or not.</summary>
internal sealed class NcmecNames : NameTable
{
    /// <summary>The protocol has about a hundred.</summary>
    private const int Limit = 10_000;

    private int _count;

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? base.Add(Count(key), start, len);

    public override string Add(string key) => Get(key) ?? base.Add(Count(key));

    private T Count<T>(T key) => ++_count <= Limit ? key : throw new RegistryFormatException("its elements and attributes have far too many names");
}
