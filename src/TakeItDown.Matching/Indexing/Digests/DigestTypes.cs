using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>An MD5 digest.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Digest128(ulong Word0, ulong Word1) : IDigest<Digest128>
{
    public static Digest128 Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Digest128>(bytes);

    public ulong Hash(in DigestSeed seed) => seed.Add(seed.Add(seed.Start(), 0, Word0), 2, Word1).Hash;
}

/// <summary>A SHA-1 digest.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Digest160(ulong Word0, ulong Word1, uint Word2) : IDigest<Digest160>
{
    public static Digest160 Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Digest160>(bytes);

    public ulong Hash(in DigestSeed seed) =>
        seed.Add(seed.Add(seed.Add(seed.Start(), 0, Word0), 2, Word1), 4, Word2).Hash;
}

/// <summary>A SHA-256 digest.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Digest256(ulong Word0, ulong Word1, ulong Word2, ulong Word3) : IDigest<Digest256>
{
    public static Digest256 Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Digest256>(bytes);

    public ulong Hash(in DigestSeed seed) =>
        seed.Add(seed.Add(seed.Add(seed.Add(seed.Start(), 0, Word0), 2, Word1), 4, Word2), 6, Word3).Hash;
}
