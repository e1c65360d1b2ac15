using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.Indexing.Memory;

/// <summary>
/// Many lists of numbers from 0 up, nearly all of one number. A list is named by an int: the one number itself, or, if negative,
/// the complement of the place where its length and numbers stand.
/// </summary>
internal readonly struct IntLists(int[] runs)
{
    /// <summary>The memory taken, in bytes.</summary>
    public long Bytes => (long)runs.Length * sizeof(int);

    /// <summary>The numbers of the list of this name. A list of one is the name itself, so the name must outlive the span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Get(ref readonly int name) =>
        name >= 0 ? new ReadOnlySpan<int>(in name) : runs.AsSpan(~name + 1, runs[~name]);

    /// <summary>Starts to load a list of more than one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchRun(int name) => Prefetch.Line(ref runs[~name]);
}
