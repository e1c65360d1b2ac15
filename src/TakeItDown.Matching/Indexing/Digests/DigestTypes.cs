using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>An MD5 digest.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Digest128(ulong Word0, ulong Word1) : IDigest<Digest128>
{
    public static Digest128 Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Digest128>(bytes);

    public ulong Hash(in DigestSeed seed) => seed.Start().Add(seed.Factor0, Word0).Add(seed.Factor1, Word1).High;
}

/// <summary>A SHA-1 digest.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Digest160(ulong Word0, ulong Word1, uint Word2) : IDigest<Digest160>
{
    public static Digest160 Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Digest160>(bytes);

    public ulong Hash(in DigestSeed seed) =>
        seed.Start().Add(seed.Factor0, Word0).Add(seed.Factor1, Word1).Add(seed.Factor2, Word2).High;
}

/// <summary>A SHA-256 digest.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Digest256(ulong Word0, ulong Word1, ulong Word2, ulong Word3) : IDigest<Digest256>
{
    public static Digest256 Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Digest256>(bytes);

    public ulong Hash(in DigestSeed seed) =>
        seed.Start().Add(seed.Factor0, Word0).Add(seed.Factor1, Word1).Add(seed.Factor2, Word2).Add(seed.Factor3, Word3).High;
}
