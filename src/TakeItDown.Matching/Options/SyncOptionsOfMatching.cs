using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Options;

/// <summary>
/// Begins <see cref="SyncOptions"/> with what <see cref="MatchingOptions.Sync"/> says; what configures them by themselves comes after. The other options of
/// matching are not validated here: what is wrong with them is no fault of these.
/// </summary>
internal sealed class SyncOptionsOfMatching(IEnumerable<IConfigureOptions<MatchingOptions>> configure, IEnumerable<IPostConfigureOptions<MatchingOptions>> after)
    : IConfigureOptions<SyncOptions>
{
    public void Configure(SyncOptions options)
    {
        // Made anew: of what a monitor keeps nobody knows whether it has heard of a change yet.
        var sync = new OptionsFactory<MatchingOptions>(configure, after).Create(Microsoft.Extensions.Options.Options.DefaultName).Sync;
        (options.RefreshInterval, options.MaximumAge, options.ReconcileInterval) = (sync.RefreshInterval, sync.MaximumAge, sync.ReconcileInterval);
        foreach (var list in sync.ConfirmedShrinks) options.ConfirmedShrinks.Add(list);
        foreach (var list in sync.RefusedShrinks) options.RefusedShrinks.Add(list);
    }
}
