using System.Security.Cryptography;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>Pages and entries made of numbers, each with a hash of its own that nothing else in a file looks like.</summary>
internal static class StorePages
{
    public static ListPage Page(string cursor, IEnumerable<int> upserts, IEnumerable<int>? removals = null, bool startsOver = false) => new()
    {
        Upserts = [.. upserts.Select(number => Entry(number))],
        Removals = [.. (removals ?? []).Select(number => new ListRemoval(Key(number)))],
        Cursor = cursor,
        StartsOver = startsOver,
    };

    public static ListEntry Entry(int number, int version = 0) => new() { Key = Key(number), Media = MediaKind.Image, Hashes = [Hash(number, version)] };

    public static EntryKey Key(int number) => new("42", $"{number}");

    public static HashValue Hash(int number, int version = 0) => HashValue.FromBytes(HashKind.Sha256, SHA256.HashData(BitConverter.GetBytes((number * 31) + version)));
}
