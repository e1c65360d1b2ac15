using Microsoft.Extensions.Configuration;

namespace TakeItDown.Matching.Registries.StopNcii;

/// <inheritdoc/>
internal sealed class StopNciiOptionsValidator(IEnumerable<RegistrySection>? sections = null) : RegistryOptionsValidator<StopNciiOptions>(sections)
{
    protected override IEnumerable<string> Failures(StopNciiOptions options, IConfigurationSection? section)
    {
        if (RegistryRoot.Failure(options.Root, "https://api.stopncii.org/v1") is { } root) yield return root;
        if (KeyFailure(nameof(options.FunctionKey), options.FunctionKey) is { } function) yield return function;
        if (!string.IsNullOrEmpty(options.FeedbackKey) && KeyFailure(nameof(options.FeedbackKey), options.FeedbackKey) is { } feedback) yield return feedback;
        if (KeyFailure(nameof(options.SubscriptionKey), options.SubscriptionKey) is { } subscription) yield return subscription;
    }

    private static string? KeyFailure(string name, string key) =>
        string.IsNullOrEmpty(key) ? $"{name} is empty; set it to the one StopNCII.org gave you."
        : key.Any(letter => letter is <= ' ' or > '~') ? $"{name} holds a space, a line break or a letter that no HTTP header can carry; remove it."
        : null;
}
