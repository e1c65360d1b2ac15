using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>A set of <see cref="HashKind"/>.</summary>
[Flags]
[JsonConverter(typeof(EnumWordConverter<HashKinds>))]
public enum HashKinds
{
    /// <summary>No kind.</summary>
    None = 0,

    /// <summary>MD5 of the file.</summary>
    Md5 = 1 << HashKind.Md5,

    /// <summary>SHA-1 of the file.</summary>
    Sha1 = 1 << HashKind.Sha1,

    /// <summary>SHA-256 of the file.</summary>
    Sha256 = 1 << HashKind.Sha256,

    /// <summary>PDQ of the picture.</summary>
    Pdq = 1 << HashKind.Pdq,

    /// <summary>The exact digests: MD5, SHA-1 and SHA-256.</summary>
    Digests = Md5 | Sha1 | Sha256,

    /// <summary>Every kind this library knows.</summary>
    All = Digests | Pdq,
}
