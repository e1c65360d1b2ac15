using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.DependencyInjection;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Syncing;

/// <summary>Registers the list stream: catalog, store, manager and the service that keeps lists fresh.</summary>
internal static class SyncingServiceCollectionExtensions
{
    public static IServiceCollection AddSyncing(this IServiceCollection services)
    {
        services.AddOptions<SyncOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SyncOptions>, SyncOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ListOptions>, ListOptionsValidator>());
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton<MatchingInstruments>();
        services.TryAddSingleton<SteadyOptions<SyncOptions>>();
        services.TryAddSingleton<SteadyOptions<ListOptions>>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ListCatalog>();
        services.TryAddSingleton<IListStore, InMemoryListStore>();
        services.TryAddSingleton<IListManager, ListManager>();
        services.AddHostedService<ListRefreshService>();
        return services;
    }
}
