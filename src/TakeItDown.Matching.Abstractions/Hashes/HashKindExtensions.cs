namespace TakeItDown.Matching;

/// <summary>Facts about the kinds of hash.</summary>
public static class HashKindExtensions
{
    /// <summary>The length of a hash of this kind, in bytes; 0 for <see cref="HashKind.None"/> and unknown values.</summary>
    public static int ByteLength(this HashKind kind) => kind switch
    {
        HashKind.Md5 => 16,
        HashKind.Sha1 => 20,
        HashKind.Sha256 or HashKind.Pdq => 32,
        _ => 0,
    };

    /// <summary>The set that holds only this kind.</summary>
    public static HashKinds ToKinds(this HashKind kind) => kind.ByteLength() == 0 ? HashKinds.None : (HashKinds)(1 << (int)kind);

    /// <summary>Whether the set holds this kind.</summary>
    public static bool Contains(this HashKinds kinds, HashKind kind) => (kinds & kind.ToKinds()) != HashKinds.None;

    /// <summary>The kind's name in lists and JSON: <c>md5</c>, <c>sha1</c>, <c>sha256</c>, <c>pdq</c>.</summary>
    public static string ToName(this HashKind kind) => kind switch
    {
        HashKind.Md5 => "md5",
        HashKind.Sha1 => "sha1",
        HashKind.Sha256 => "sha256",
        HashKind.Pdq => "pdq",
        _ => "none",
    };

    /// <summary>Reads a name as <see cref="ToName"/> writes it, in either case.</summary>
    /// <returns>The kind, or <see cref="HashKind.None"/> for a name that is not one.</returns>
    public static HashKind FromName(ReadOnlySpan<char> name)
    {
        for (var kind = HashKind.Md5; kind <= HashKind.Pdq; kind++)
        {
            if (name.Equals(kind.ToName(), StringComparison.OrdinalIgnoreCase)) return kind;
        }
        return HashKind.None;
    }
}
