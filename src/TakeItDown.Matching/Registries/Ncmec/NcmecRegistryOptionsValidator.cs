using Microsoft.Extensions.Configuration;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <inheritdoc/>
internal sealed class NcmecRegistryOptionsValidator(IEnumerable<RegistrySection>? sections = null) : RegistryOptionsValidator<NcmecRegistryOptions>(sections)
{
    protected override IEnumerable<string> Failures(NcmecRegistryOptions options, IConfigurationSection? section)
    {
        if (RegistryRoot.Failure(options.Root, "https://hashsharing.ncmec.org/npo") is { } failure) yield return failure;

        if (string.IsNullOrWhiteSpace(options.UserName)) yield return "UserName is empty; set it to the name the registry gave you.";
        // HTTP Basic ends the user name at the first colon.
        else if (options.UserName.Contains(':', StringComparison.Ordinal) || options.UserName.Any(char.IsControl))
            yield return "UserName holds a colon or a control character, which HTTP Basic cannot carry; set it to the name alone.";

        if (string.IsNullOrEmpty(options.Password)) yield return "Password is empty; set it to the one that belongs to UserName.";
        else if (options.Password.Any(char.IsControl)) yield return "Password holds a control character, perhaps a line break at its end; remove it.";

        // A list does not bind from a single value, and seems to be missing.
        if (options.Members.Count == 0 && section?.GetSection(nameof(options.Members)) is { Value.Length: > 0 } members && !members.GetChildren().Any())
            yield return "Members is a single value where a list is needed: write \"Members\": [\"1\"] in JSON, or "
                + $"{members.Path.Replace(":", "__", StringComparison.Ordinal)}__0=1 in the environment.";
        else if (options.Members.Count == 0)
            yield return "Members is missing or empty; set it to the ids of the members whose entries are kept, as `takeitdown members` shows them, or to [\"*\"] to keep "
                + "the entries of every member, as a missing Members did before.";
        else if (options.Members.Any(string.IsNullOrWhiteSpace)) yield return "Members holds an empty id; remove it.";
        else if (options.Members.Count > 1 && options.Members.Any(member => member.Trim() == NcmecRegistryOptions.EveryMember))
            yield return "Members holds \"*\" beside ids; set it to [\"*\"] to keep every member, or remove \"*\" to keep those that are named.";

        if (options.Kinds == HashKinds.None || (options.Kinds & ~HashKinds.All) != HashKinds.None)
            yield return $"Kinds must name at least one of {HashKinds.All}, and nothing else.";
    }
}
