using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TakeItDown.Matching.Indexing.Memory;

namespace TakeItDown.Matching.Indexing.Entries;

/// <summary>Packs what is known of entries.</summary>
internal sealed class EntryTableBuilder
{
    // An entry's profile is all of it but the id.
    private readonly Dictionary<IndexedEntry, int> _profiles = [];
    private readonly Dictionary<string, EntryNotes> _notes = new(StringComparer.Ordinal);
    private readonly ChunkedList<int> _profileOf = new();
    private readonly ChunkedList<long> _ids = new();
    private readonly ArrayBufferWriter<byte> _texts = new();
    private IndexedEntry _lastProfile;
    private int _lastProfileId = -1;

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="frameCount">How many different PDQ hashes a video has.</param>
    /// <returns>Its ordinal: entries count from 0.</returns>
    public int Add(ListEntry entry, int frameCount)
    {
        _profileOf.Add(GetProfile(new IndexedEntry(entry.Key with { Id = "" }, entry.Classification, entry.Media, frameCount, Intern(entry))));
        _ids.Add(Pack(entry.Key.Id));
        return _ids.Count - 1;
    }

    public EntryTable Build() => new([.. _profiles.Keys], Concatenate(_profileOf), Concatenate(_ids), _texts.WrittenSpan.ToArray());

    private EntryNotes? Intern(ListEntry entry)
    {
        if (entry.Categories.Count == 0 && entry.Feedback.Count == 0) return null;
        var key = string.Join('\0', entry.Categories) + "\0\0"
            + string.Join('\0', entry.Feedback.Select(one => string.Create(CultureInfo.InvariantCulture, $"{(int)one.Kind} {one.IsDispute} {one.Members} {one.Reason}")));
        if (!_notes.TryGetValue(key, out var notes)) _notes.Add(key, notes = new EntryNotes([.. entry.Categories], [.. entry.Feedback]));
        return notes;
    }

    private int GetProfile(IndexedEntry profile)
    {
        // Entries of one kind come in long rows, and hashing three strings costs more than comparing them.
        if (_lastProfileId >= 0 && profile == _lastProfile) return _lastProfileId;
        if (!_profiles.TryGetValue(profile, out var id)) _profiles.Add(profile, id = _profiles.Count);
        (_lastProfile, _lastProfileId) = (profile, id);
        return id;
    }

    private long Pack(string id)
    {
        // Only what prints back to the very same text may become a number: '007' and '+7' stay text, and so does a 7 with zeros (U+0000) after it.
        if (!id.AsSpan().ContainsAnyExceptInRange('0', '9') && (id.Length == 1 || !id.StartsWith('0'))
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        var start = _texts.WrittenCount;
        var room = _texts.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(id.Length));
        var length = Encoding.UTF8.GetBytes(id, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(room, length);
        _texts.Advance(sizeof(int) + length);
        return ~(long)start;
    }

    private static T[] Concatenate<T>(ChunkedList<T> list)
        where T : unmanaged
    {
        var all = GC.AllocateUninitializedArray<T>(list.Count);
        var at = 0;
        for (var chunk = 0; chunk < list.ChunkCount; chunk++)
        {
            list.Chunk(chunk).CopyTo(all.AsSpan(at));
            at += list.Chunk(chunk).Length;
        }
        return all;
    }
}
