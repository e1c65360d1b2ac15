using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Options;

/// <summary>Says what is wrong with a list's options, and what would be right.</summary>
internal sealed class ListOptionsValidator : IValidateOptions<ListOptions>
{
    public ValidateOptionsResult Validate(string? name, ListOptions options)
    {
        var failures = new List<string>();
        Require(options.TrafficShare is >= 0 and <= 1, "TrafficShare must be 0 to 1; 0.05 is one upload in twenty.");
        Require(
            options.Kinds != HashKinds.None && (options.Kinds & ~HashKinds.All) == HashKinds.None,
            $"Kinds must name at least one of {HashKinds.All}, and nothing else; to switch the list off, set Enabled to false.");
        Require(Enum.IsDefined(options.Mode), "Mode must be Enforce or ReportOnly.");
        Require(options.PdqDistance is null or (>= 0 and <= PdqHash.BitCount), "PdqDistance must be 0 to 256 bits; leave it out to use MatchingOptions.PdqDistance.");
        Require(
            options.Suppressed.All(entry => !string.IsNullOrEmpty(entry.Member) && !string.IsNullOrEmpty(entry.Id)),
            "Suppressed must name the Member and the Id of every entry.");
        // The text may well be a hash with a slip in it, and so it is named by its place.
        var slip = options.SuppressedHashes.TakeWhile(text => ListOptions.TryParseHash(text, out _)).Count();
        Require(
            slip == options.SuppressedHashes.Count,
            $"SuppressedHashes:{slip} is no hash; write its kind and all of its hexadecimal digits, as in md5:… or pdq:….");
        Require(options.FloodLimit is null or > 0, "FloodLimit must be positive; it is 1000 by default.");
        Require(
            options.FloodWindow >= TimeSpan.FromMinutes(1) && options.FloodWindow <= TimeSpan.FromDays(7),
            "FloodWindow must be a minute to a week; it is an hour by default.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool holds, string message)
        {
            if (!holds) failures.Add($"List '{name}': {message}");
        }
    }
}
