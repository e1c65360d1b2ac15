using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TakeItDown.Matching.Indexing.Memory;

/// <summary>Hints that memory will be read soon. A lookup is a chain of cache misses; asking early lets them overlap.</summary>
internal static class Prefetch
{
    /// <summary>Starts to load the cache line that <paramref name="item"/> lies in. The garbage collector may move it meanwhile: a hint cannot be wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref readonly T item)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in item)));
    }
}
