using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>How a hash was computed.</summary>
[JsonConverter(typeof(EnumWordConverter<HashKind>))]
public enum HashKind
{
    /// <summary>No hash: the default of the type.</summary>
    None = 0,

    /// <summary>MD5 of the file, 128 bits. Equal files only.</summary>
    Md5 = 1,

    /// <summary>SHA-1 of the file, 160 bits. Equal files only.</summary>
    Sha1 = 2,

    /// <summary>SHA-256 of the file, 256 bits. Equal files only.</summary>
    Sha256 = 3,

    /// <summary>PDQ of the picture, 256 bits. Similar pictures are few bits apart.</summary>
    Pdq = 4,
}
