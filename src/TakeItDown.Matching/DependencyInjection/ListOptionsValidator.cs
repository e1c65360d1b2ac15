using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.DependencyInjection;

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
        Require(options.PdqDistance is null or (>= 0 and <= PdqHash.BitCount), "PdqDistance must be 0 to 256 bits; leave it out to use MatchingOptions.PdqDistance.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool holds, string message)
        {
            if (!holds) failures.Add($"List '{name}': {message}");
        }
    }
}
