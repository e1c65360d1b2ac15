using System.Buffers.Binary;
using System.Numerics;

namespace TakeItDown.Matching.Sqlite;

/// <summary>CRC-32C, for which processors have an instruction, over numbers and bytes one after the other.</summary>
internal readonly struct Checksum
{
    private readonly uint _rest;

    private Checksum(uint rest) => _rest = rest;

    public static Checksum Empty => new(~0u);

    public uint Value => ~_rest;

    public Checksum Add(uint number) => new(BitOperations.Crc32C(_rest, number));

    public Checksum Add(long number) => new(BitOperations.Crc32C(_rest, (ulong)number));

    public Checksum Add(ReadOnlySpan<byte> bytes)
    {
        var rest = _rest;
        for (; bytes.Length >= 8; bytes = bytes[8..]) rest = BitOperations.Crc32C(rest, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes) rest = BitOperations.Crc32C(rest, value);
        return new(rest);
    }
}
