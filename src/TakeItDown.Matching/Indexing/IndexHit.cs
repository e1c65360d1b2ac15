namespace TakeItDown.Matching.Indexing;

/// <summary>An entry that a query found.</summary>
/// <param name="Entry">The entry's ordinal in the index, see <see cref="HashIndex.GetEntry"/>.</param>
/// <param name="Distance">Bits in which the hashes differ; 0 for digests.</param>
/// <param name="Query">Which query of a batch found it; 0 for a single query.</param>
/// <param name="Hash">Which PDQ hash of the entry was found: a number of its own for each different one; 0 for digests.</param>
internal readonly record struct IndexHit(int Entry, int Distance, int Query = 0, int Hash = 0);
