using TakeItDown.Matching;

namespace Registry.Model;

/// <summary>A kind of fingerprint as feedback names it.</summary>
/// <param name="Key">In paths.</param>
/// <param name="Type">In attributes.</param>
/// <param name="Kind">As entries hold it; none for the kinds that this registry lists no hashes of.</param>
internal sealed record FingerprintKey(string Key, string Type, HashKind Kind)
{
    private static readonly FingerprintKey[] All =
    [
        new("MD5", "Md5", HashKind.Md5), new("SHA1", "Sha1", HashKind.Sha1), new("PDQ", "Pdq", HashKind.Pdq), new("PDNA", "Pdna", HashKind.None),
        new("NETCLEAN", "Netclean", HashKind.None), new("VIDENTIFIER", "Videntifier", HashKind.None), new("TMK_PDQF", "TmkPdqf", HashKind.None),
        new("SSVH_PDNA", "SsvhPdna", HashKind.None), new("SSVH_SAFER_HASH", "SsvhSaferHash", HashKind.None),
    ];

    public static FingerprintKey? Find(string key) => Array.Find(All, one => one.Key == key);
}
