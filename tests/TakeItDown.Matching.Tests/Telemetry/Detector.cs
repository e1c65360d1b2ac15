using System.Text.RegularExpressions;

namespace TakeItDown.Matching.Tests.Telemetry;

/// <summary>Finds what must not be told: known secrets, and anything that looks like a hash or an encoded one.</summary>
internal sealed partial class Detector
{
    private readonly HashSet<string> _secrets = new(StringComparer.OrdinalIgnoreCase);

    public void Forbid(string secret) => _secrets.Add(secret);

    /// <summary>Forbids a hash in the forms that one could be written in.</summary>
    public void Forbid(HashValue hash)
    {
        Forbid(hash.ToHexString());
        Forbid(BitConverter.ToString(hash.Bytes.ToArray()));
        Forbid(Convert.ToBase64String(hash.Bytes));
    }

    /// <summary>What a text gives away; null where it gives nothing away.</summary>
    public string? Find(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var secret = _secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        if (secret is not null) return secret;
        // 16 digits are half of the shortest hash; 40 letters in a row are no word.
        if (Hexadecimal().Match(text) is { Success: true } hexadecimal) return hexadecimal.Value;
        return Encoded().Match(text) is { Success: true } encoded && encoded.Value.Any(char.IsDigit) ? encoded.Value : null;
    }

    [GeneratedRegex("(?<![0-9a-zA-Z])(?=[a-fA-F]*[0-9])[0-9a-fA-F]{16,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex("[A-Za-z0-9+/_-]{40,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Encoded();
}
