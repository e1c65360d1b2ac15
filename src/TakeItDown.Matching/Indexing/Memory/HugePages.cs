using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Indexing.Memory;

/// <summary>Asks Linux to back large arrays with huge pages. Advice only: where it is not taken, everything works, slower.</summary>
internal static partial class HugePages
{
    private const int Size = 2 << 20;
    private const int MadviseHugePage = 14;

    /// <summary>Gives the advice for the whole huge pages within an array that is pinned and was not written to yet.</summary>
    public static unsafe void Advise(ulong[] pinned)
    {
        if (!OperatingSystem.IsLinux()) return;
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        var end = (start + ((nuint)pinned.Length * sizeof(ulong))) & ~(nuint)(Size - 1);
        start = (start + Size - 1) & ~(nuint)(Size - 1);
        if (end <= start) return;
        try
        {
            _ = Madvise(start, end - start, MadviseHugePage);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name: no advice then.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(nuint address, nuint length, int advice);
}
