using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Registry.StopNcii;

/// <summary>Says what to change before the first request would fail, or would send the keys where they must not go.</summary>
internal sealed class StopNciiOptionsValidator : IValidateOptions<StopNciiOptions>
{
    public ValidateOptionsResult Validate(string? name, StopNciiOptions options)
    {
        var failures = Failures(options).Select(failure => $"Registry '{name}': {failure}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(StopNciiOptions options)
    {
        if (RegistryRoot.Failure(options.Root, "https://api.stopncii.org/v1") is { } root) yield return root;
        if (KeyFailure(nameof(options.FunctionKey), options.FunctionKey) is { } function) yield return function;
        if (KeyFailure(nameof(options.SubscriptionKey), options.SubscriptionKey) is { } subscription) yield return subscription;
    }

    private static string? KeyFailure(string name, string key) =>
        string.IsNullOrEmpty(key) ? $"{name} is empty; set it to the one StopNCII.org gave you."
        : key.Any(letter => letter is <= ' ' or > '~') ? $"{name} holds a space, a line break or a letter that no HTTP header can carry; remove it."
        : null;
}
