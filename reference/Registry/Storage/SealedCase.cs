using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Registry.Storage;

/// <summary>What whoever holds a case's secret can show of it: what the secret is known by, and a key that nobody else has.</summary>
internal readonly record struct CaseSecret(byte[] Digest, byte[] Key)
{
    public static CaseSecret Of(string code)
    {
        var bytes = Encoding.ASCII.GetBytes(code);
        return new CaseSecret(SHA256.HashData(bytes), HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, outputLength: 32, info: "a withdrawn case"u8.ToArray()));
    }

    public override string ToString() => "CaseSecret";
}

/// <summary>
/// What is kept of a case once it is withdrawn: when it was submitted, and which tombstones are its own, so that its owner can see which platforms have
/// read them. It is encrypted under a key that comes from the secret and is kept nowhere (AES-256-GCM): to everybody else nothing in the file leads from
/// a case to its tombstones. The length tells hundreds of items, not items.
/// </summary>
internal static class SealedCase
{
    private const int NonceLength = 12, TagLength = 16, Step = 128;

    public static byte[] Seal(byte[] key, long submitted, IReadOnlyList<long> sequences)
    {
        // The time, how many there are, the sequences, and zeros.
        long[] numbers = [submitted, sequences.Count, .. sequences];
        var plain = new byte[(numbers.Length + Step - 1) / Step * Step * sizeof(long)];
        MemoryMarshal.AsBytes(numbers.AsSpan()).CopyTo(plain);
        var result = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(result.AsSpan(0, NonceLength), plain, result.AsSpan(NonceLength + TagLength), result.AsSpan(NonceLength, TagLength));
        return result;
    }

    public static (long Submitted, IReadOnlyList<long> Sequences) Open(byte[] key, ReadOnlySpan<byte> result)
    {
        var plain = new byte[result.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(result[..NonceLength], result[(NonceLength + TagLength)..], result.Slice(NonceLength, TagLength), plain);
        var numbers = MemoryMarshal.Cast<byte, long>(plain);
        return (numbers[0], [.. numbers.Slice(2, (int)numbers[1])]);
    }
}
