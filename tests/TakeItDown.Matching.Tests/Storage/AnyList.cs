using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>Pages and entries of every shape, for properties.</summary>
internal static class AnyList
{
    /// <summary>A page of few keys, so that they meet again in others.</summary>
    public static Gen<ListPage> Page(bool startsOver) =>
        from entries in Entry.ListOf()
        from removed in Key.ListOf()
        from isWithdrawn in Gen.Elements(true, false)
        from isComplete in Gen.Elements(true, false)
        from cursor in Gen.Choose(0, 5)
        let upserts = entries.DistinctBy(entry => entry.Key).ToList()
        select new ListPage
        {
            Upserts = upserts,
            Removals = [.. removed.Distinct().Except(upserts.Select(entry => entry.Key)).Select(key => new ListRemoval(key, IsWithdrawn: isWithdrawn))],
            StartsOver = startsOver,
            Cursor = $"cursor {cursor}",
            CompleteThrough = isComplete ? DateTimeOffset.UnixEpoch.AddSeconds(cursor) : null,
        };

    /// <summary>What becomes of entries that are unseen; most often they stay.</summary>
    public static Gen<UnseenEntries> Unseen { get; } =
        Gen.Frequency((4, Gen.Constant(UnseenEntries.Kept)), (1, Gen.Constant(UnseenEntries.DroppedIfTwice)), (1, Gen.Constant(UnseenEntries.Dropped)));

    private static Gen<EntryKey> Key { get; } =
        from member in Gen.Elements("", "42", "7", "ü\0")
        from id in Gen.Choose(0, 7)
        select new EntryKey(member, id == 0 ? "" : $"id {id}");

    public static Gen<ListEntry> Entry { get; } =
        from key in Key
        from media in Gen.Elements(MediaKind.Image, MediaKind.Video)
        from classification in Gen.Elements(null, "A1", "B2")
        from time in Gen.Choose(0, 2)
        from hashes in Hash.ListOf()
        from categories in Gen.Elements<string[]>([], ["Viral"], ["Known Minor", "Viral"])
        from feedback in Gen.Elements<MemberFeedback[]>([], [new(HashKind.Md5, false, null, 3), new(HashKind.None, true, "ü", 1)])
        select new ListEntry
        {
            Key = key,
            Media = media,
            Classification = classification,
            Timestamp = DateTimeOffset.UnixEpoch.AddTicks(time),
            Hashes = [.. hashes],
            Categories = categories,
            Feedback = feedback,
        };

    private static Gen<HashValue> Hash { get; } =
        from kind in Gen.Elements(HashKind.Md5, HashKind.Sha1, HashKind.Sha256, HashKind.Pdq)
        from fill in Gen.Choose(0, 255)
        select HashValue.FromBytes(kind, Enumerable.Repeat((byte)fill, kind.ByteLength()).ToArray());

    /// <summary>All that a store holds of a list, comparable.</summary>
    public static async Task<List<string>> ContentAsync(IListStore store, string list)
    {
        var entries = new List<string>();
        await foreach (var entry in store.ReadEntriesAsync(list)) entries.Add(Describe(entry));
        entries.Sort(StringComparer.Ordinal);
        return entries;
    }

    public static string Describe(ListEntry entry) =>
        $"{entry.Key} {entry.Media} {entry.Classification} {entry.Timestamp:O} {string.Join(' ', entry.Hashes.Select(hash => hash.Kind + hash.ToHexString()))} {string.Join(',', entry.Categories)} {string.Join(',', entry.Feedback)}";
}
