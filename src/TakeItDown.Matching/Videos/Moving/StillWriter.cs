using System.Buffers;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>Writes a still picture into memory.</summary>
internal static class StillWriter
{
    /// <summary>Appends bytes.</summary>
    public static void Put(this ArrayBufferWriter<byte> still, params ReadOnlySpan<byte> bytes) => still.Write(bytes);

    /// <summary>What was written, to be changed: the length in a header is known last.</summary>
    public static Span<byte> Written(this ArrayBufferWriter<byte> still) => MemoryMarshal.AsMemory(still.WrittenMemory).Span;
}
