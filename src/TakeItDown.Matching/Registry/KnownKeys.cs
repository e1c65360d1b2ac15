using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Registry;

/// <summary>Refuses a key in a registry's section that no option has: a slip such as <c>Member</c> would otherwise change nothing, in silence.</summary>
/// <param name="registry">The name of the registry.</param>
/// <param name="section">Its section; only keys are ever told, never values.</param>
/// <param name="known">The names of the options.</param>
internal sealed class KnownKeys<TOptions>(string registry, IConfigurationSection section, IReadOnlyList<string> known) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (name != registry) return ValidateOptionsResult.Skip;
        var failures = section.GetChildren()
            .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"Registry '{registry}': the section '{section.Path}' holds the key '{child.Key}', which is no option; "
                + $"take it out, or correct it to one of {string.Join(", ", known)}.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
