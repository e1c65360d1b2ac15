using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Indexing.Memory;

/// <summary>
/// A zeroed array whose first item starts a cache line, so that items of 32 bytes never straddle two. Large ones ask for huge pages:
/// lookups touch memory at random, and without them they take a quarter to a half longer, walking page tables.
/// </summary>
internal sealed class AlignedArray<T>
    where T : unmanaged
{
    private const int LineWords = 64 / sizeof(ulong);

    private readonly ulong[] _memory;
    private readonly int _start;

    public unsafe AlignedArray(int length)
    {
        Length = length;
        var words = checked((int)((((long)length * sizeof(T)) + sizeof(ulong) - 1) / sizeof(ulong)) + LineWords);
        _memory = GC.AllocateUninitializedArray<ulong>(words, pinned: true);
        ref var first = ref MemoryMarshal.GetArrayDataReference(_memory);
        _start = (int)((64 - ((nuint)Unsafe.AsPointer(ref first) % 64)) % 64) / sizeof(ulong);
        HugePages.Advise(_memory);
        Array.Clear(_memory);
    }

    /// <summary>How many items there are.</summary>
    public int Length { get; }

    /// <summary>The memory taken, in bytes.</summary>
    public long Bytes => (long)_memory.Length * sizeof(ulong);

    /// <summary>The items.</summary>
    public Span<T> Span => MemoryMarshal.CreateSpan(ref First, Length);

    /// <summary>The first item, for those who know by construction that they stay within the array.</summary>
    public ref T First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<ulong, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), _start));
    }
}
