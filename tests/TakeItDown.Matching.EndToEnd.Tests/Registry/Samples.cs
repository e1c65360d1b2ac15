extern alias ReferenceRegistry;

using System.Security.Cryptography;
using System.Text;
using ReferenceRegistry::Registry.Storage;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

/// <summary>Entries and submissions made from names.</summary>
internal static class Samples
{
    public static RegistryEntry Image(long member, string id, int second, string? classification = null) =>
        new(member, id, MediaKind.Image, Hashes(id), classification, RegistryHost.Start.AddSeconds(second));

    public static RegistryEntry Video(long member, string id, int second) =>
        new(member, id, MediaKind.Video, [.. Hashes(id), Pdq(id + " frame")], Timestamp: RegistryHost.Start.AddSeconds(second));

    public static IReadOnlyList<HashValue> Hashes(string name) =>
        [Hash(HashKind.Md5, name), Hash(HashKind.Sha1, name), Hash(HashKind.Sha256, name), Pdq(name)];

    public static HashValue Pdq(string name) => Hash(HashKind.Pdq, name);

    /// <summary>Some bytes of the right length: nobody here hashes a file.</summary>
    private static HashValue Hash(HashKind kind, string name) =>
        HashValue.FromBytes(kind, SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} of {name}")).AsSpan(0, kind.ByteLength()));

    public static string ImageJson(string name) => ItemJson("image", Hashes(name));

    public static string VideoJson(string name) => ItemJson("video", [.. Hashes(name), Pdq(name + " frame")]);

    public static string ItemJson(string media, IEnumerable<HashValue> hashes) =>
        $$"""{"media":"{{media}}","hashes":[{{string.Join(',', hashes.Select(HashJson))}}]}""";

    public static string HashJson(HashValue hash) =>
        $$"""{"kind":"{{hash.Kind.ToName()}}","value":"{{hash.ToHexString()}}"{{(hash.Kind == HashKind.Pdq ? ",\"quality\":100" : "")}}}""";
}
