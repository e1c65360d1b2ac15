namespace TakeItDown.Matching.Indexing;

/// <summary>What the index keeps of an entry besides its hashes.</summary>
internal readonly record struct IndexedEntry(EntryKey Key, string? Classification, MediaKind Media);
