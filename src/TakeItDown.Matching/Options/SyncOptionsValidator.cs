using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Options;

/// <summary>Says at start what to change.</summary>
internal sealed class SyncOptionsValidator : IValidateOptions<SyncOptions>
{
    /// <summary>The longest time a timer can wait is a little more.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, SyncOptions options)
    {
        var failures = new List<string>();
        if (options.RefreshInterval < TimeSpan.FromSeconds(1) || options.RefreshInterval > LongestInterval)
            failures.Add($"SyncOptions.RefreshInterval is {options.RefreshInterval}; set it between a second and 30 days, best between 10 minutes and a day.");
        if (options.MaximumAge <= options.RefreshInterval)
            failures.Add($"SyncOptions.MaximumAge is {options.MaximumAge}, so that a list goes stale before its next refresh; set it above RefreshInterval.");
        if (options.ReconcileInterval < TimeSpan.FromHours(1))
            failures.Add($"SyncOptions.ReconcileInterval is {options.ReconcileInterval}; set it to an hour at least, best to 30 days, since it reads a whole list; null switches the comparison off.");
        foreach (var list in options.ConfirmedShrinks.Intersect(options.RefusedShrinks, StringComparer.Ordinal))
            failures.Add($"SyncOptions.ConfirmedShrinks and SyncOptions.RefusedShrinks both name '{list}'; take it out of one of them.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
