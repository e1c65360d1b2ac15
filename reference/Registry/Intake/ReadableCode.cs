using System.Security.Cryptography;

namespace Registry.Intake;

/// <summary>
/// Random codes that a person can copy by hand: groups of four from an alphabet without I, L, O and U. A case number has 12 characters
/// (60 bits), a secret 32 (160 bits, so a plain digest of it is safe to keep).
/// </summary>
internal static class ReadableCode
{
    public const int CaseLength = 12;
    public const int SecretLength = 32;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Create(int length) => string.Join('-', RandomNumberGenerator.GetString(Alphabet, length).Chunk(4).Select(group => new string(group)));

    /// <summary>Reads a code as people write it: in either case, with or without the dashes, with O for 0 and I or L for 1.</summary>
    /// <returns>The code as <see cref="Create"/> writes it, or an empty string, which is nobody's code.</returns>
    public static string Read(string? text, int length)
    {
        if (text is null || text.Length > 2 * length) return "";
        var letters = text.ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1').Where(letter => letter is not ('-' or ' ')).ToArray();
        return letters.Length == length && letters.All(letter => Alphabet.Contains(letter))
            ? string.Join('-', letters.Chunk(4).Select(group => new string(group)))
            : "";
    }
}
