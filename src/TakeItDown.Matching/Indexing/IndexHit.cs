namespace TakeItDown.Matching.Indexing;

/// <summary>An entry that a query found.</summary>
/// <param name="Entry">The entry's ordinal in the index, see <see cref="HashIndex.GetEntry"/>.</param>
/// <param name="Distance">Bits in which the hashes differ; 0 for digests.</param>
/// <param name="Query">Which query of a batch found it; 0 for a single query.</param>
internal readonly record struct IndexHit(int Entry, int Distance, int Query = 0);
