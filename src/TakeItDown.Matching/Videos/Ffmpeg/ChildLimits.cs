using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Videos.Ffmpeg;

/// <summary>What a child process may take of the machine, on 64-bit Linux; elsewhere the time limit alone holds.</summary>
/// <param name="ProcessorTime">The processor time after which the kernel ends it, should nobody else have.</param>
internal readonly partial record struct ChildLimits(TimeSpan ProcessorTime)
{
    // Numbers of the kernel's generic table, which every 64-bit architecture that .NET runs on uses.
    private const int ProcessorSeconds = 0;
    private const int FileSize = 1;
    private const int CoreSize = 4;
    private const int OpenFiles = 7;
    private const int AddressSpace = 9;

    // One thread decoding 4K takes 0.6 GB of address space, most of it libraries; 8K takes about 1.5 GB.
    private const long AddressSpaceBytes = 2L << 30;

    /// <summary>
    /// Binds a process that has just been started. It may have run some instructions by then, all of them its loader's: the limits count what was
    /// taken before, and it opens the content long after.
    /// </summary>
    /// <returns>False if it could not be bound, for which the last error says why: then it must not go on, unless it has ended already.</returns>
    public bool Apply(int process)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return true;
        return Set(process, ProcessorSeconds, (long)Math.Ceiling(ProcessorTime.TotalSeconds))
            && Set(process, AddressSpace, AddressSpaceBytes)
            && Set(process, OpenFiles, 32)
            // It writes to its pipe only, and a crash must not leave an image of what it was decoding.
            && Set(process, FileSize, 0)
            && Set(process, CoreSize, 0);
    }

    private static bool Set(int process, int resource, long limit)
    {
        // We may be bound more tightly ourselves, and nobody may loosen that.
        if (GetLimit(process, resource, 0, out var inherited) != 0) return false;
        var hard = Math.Min((ulong)limit, inherited.Hard);
        return SetLimit(process, resource, new Limit(hard, hard), 0) == 0;
    }

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int GetLimit(int process, int resource, nint limit, out Limit old);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int SetLimit(int process, int resource, in Limit limit, nint old);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
