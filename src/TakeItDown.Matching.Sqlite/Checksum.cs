using System.Buffers.Binary;
using System.IO.Hashing;

namespace TakeItDown.Matching.Sqlite;

/// <summary>CRC-32C over numbers and bytes, one after the other. Files of every version so far have it.</summary>
internal readonly ref struct Checksum
{
    // An entry is not worth an object, and no thread computes two at a time.
    [ThreadStatic]
    private static Crc32? _ofThread;

    private readonly Crc32 _crc;

    private Checksum(Crc32 crc) => _crc = crc;

    /// <summary>Begins a checksum; the one that this thread began before is void.</summary>
    public static Checksum Begin()
    {
        var crc = _ofThread ??= new Crc32(Crc32ParameterSet.Crc32C);
        crc.Reset();
        return new Checksum(crc);
    }

    public uint Value => _crc.GetCurrentHashAsUInt32();

    public Checksum Add(uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return Add(bytes);
    }

    public Checksum Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return Add(bytes);
    }

    public Checksum Add(scoped ReadOnlySpan<byte> bytes)
    {
        _crc.Append(bytes);
        return this;
    }
}
