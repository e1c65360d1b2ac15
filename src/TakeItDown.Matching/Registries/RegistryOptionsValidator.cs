using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Registries;

/// <summary>Says what to change before the first request would fail, or would send credentials where they must not go.</summary>
/// <param name="sections">Where options were taken from configuration, so that what is wrong is told by its whole key.</param>
internal abstract class RegistryOptionsValidator<TOptions>(IEnumerable<RegistrySection>? sections) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var section = sections?.LastOrDefault(section => section.Registry == name && section.Options == typeof(TOptions))?.Section;
        var path = section is null ? "" : section.Path + ":";
        var failures = Failures(options, section).Select(failure => $"Registry '{name}': {path}{failure}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>What is wrong, and what would be right, without any secret. Each begins with the name of the option.</summary>
    /// <param name="options">The options.</param>
    /// <param name="section">Where they stand; null where code sets them.</param>
    protected abstract IEnumerable<string> Failures(TOptions options, IConfigurationSection? section);
}
