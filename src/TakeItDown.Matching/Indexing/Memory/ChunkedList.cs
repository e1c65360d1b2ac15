namespace TakeItDown.Matching.Indexing.Memory;

/// <summary>A list that grows without moving what it holds, so that gathering ten million items never needs their memory twice.</summary>
internal sealed class ChunkedList<T>
    where T : unmanaged
{
    private const int FirstChunk = 1 << 8;
    private const int LargestChunk = 1 << 16;

    private readonly List<T[]> _chunks = [];
    private T[] _last = [];
    private int _used;

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many chunks the items lie in.</summary>
    public int ChunkCount => _chunks.Count;

    public void Add(in T item)
    {
        if (_used == _last.Length) Grow();
        _last[_used++] = item;
        Count = checked(Count + 1);
    }

    /// <summary>The items of one chunk; the chunks follow each other in the order of adding.</summary>
    public ReadOnlySpan<T> Chunk(int chunk) => _chunks[chunk].AsSpan(0, chunk == _chunks.Count - 1 ? _used : _chunks[chunk].Length);

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        _chunks.Clear();
        (_last, _used, Count) = ([], 0, 0);
    }

    private void Grow()
    {
        _last = GC.AllocateUninitializedArray<T>(Math.Clamp(_last.Length * 2, FirstChunk, LargestChunk));
        _chunks.Add(_last);
        _used = 0;
    }
}
