using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Registry;

/// <summary>Says what to change before the first request would fail, or would send credentials where they must not go.</summary>
internal abstract class RegistryOptionsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = Failures(options).Select(failure => $"Registry '{name}': {failure}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>What is wrong, and what would be right, without any secret.</summary>
    protected abstract IEnumerable<string> Failures(TOptions options);
}
