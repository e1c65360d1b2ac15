using System.Security.Cryptography;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Fixtures and what is known of them.</summary>
internal static class Fixtures
{
    private static readonly Dictionary<string, ReferenceRow> Rows = ReferenceTable.Read(TestData.Fixture("pdq-reference.tsv")).ToDictionary(row => row.File);

    /// <summary>A hash that is near nothing, so that a list holds PDQ.</summary>
    public static HashValue Far { get; } = new PdqHash(0x0123456789ABCDEF, 0xFEDCBA9876543210, 0x0F1E2D3C4B5A6978, 0x8796A5B4C3D2E1F0).ToValue();

    public static byte[] Read(string name) => File.ReadAllBytes(TestData.Fixture("images/" + name));

    /// <summary>What the reference makes of a fixture.</summary>
    public static ReferenceRow Reference(string name) => Rows[name];

    public static HashValue Pdq(string name) => Rows[name].Hash.ToValue();

    public static HashValue Digest(HashKind kind, byte[] content) =>
        HashValue.FromBytes(kind, CryptographicOperations.HashData(new HashAlgorithmName(kind.ToString().ToUpperInvariant()), content));
}
