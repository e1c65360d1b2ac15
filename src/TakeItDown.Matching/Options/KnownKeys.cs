using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Options;

/// <summary>Refuses a key in a section that no option has: a slip such as <c>Member</c> would otherwise change nothing, in silence.</summary>
/// <param name="subject">What is configured, as the message begins.</param>
/// <param name="options">The name of the options.</param>
/// <param name="section">The section; only keys are ever told, never values.</param>
/// <param name="known">The names of the options.</param>
/// <param name="moved">Names of earlier versions, and the keys that took their place.</param>
internal sealed class KnownKeys<TOptions>(
    string subject, string options, IConfigurationSection section, IReadOnlyList<string> known, IReadOnlyDictionary<string, string>? moved = null) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions value)
    {
        if (name != options) return ValidateOptionsResult.Skip;
        var failures = section.GetChildren()
            .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"{subject}: the section '{section.Path}' holds the key '{child.Key}', which " + (NewName(child.Key) is { } key
                ? $"is '{key}' now; move its value there."
                : $"is no option; take it out, or correct it to one of {string.Join(", ", known)}."))
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private string? NewName(string key) => moved?.FirstOrDefault(name => name.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
}
