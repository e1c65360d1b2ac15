using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Floods;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Options;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.DependencyInjection;

/// <summary>Registers the list stream: catalog, store, manager and the service that keeps lists fresh.</summary>
internal static class SyncingServiceCollectionExtensions
{
    public static IServiceCollection AddSyncing(this IServiceCollection services)
    {
        services.AddOptions<SyncOptions>().ValidateOnStart();
        // First, so that what an application configures by itself comes after, whenever it was registered.
        if (!services.Any(service => service.ImplementationType == typeof(SyncOptionsOfMatching)))
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<SyncOptions>, SyncOptionsOfMatching>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SyncOptions>, SyncOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ListOptions>, ListOptionsValidator>());
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton<MatchingInstruments>();
        services.TryAddSingleton<FloodControl>();
        services.TryAddSingleton<SteadyOptions<SyncOptions>>();
        services.TryAddSingleton<SteadyOptions<ListOptions>>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ListCatalog>();
        services.TryAddSingleton<IListStore, InMemoryListStore>();
        services.TryAddSingleton<IFeedbackOutbox, InMemoryOutbox>();
        services.TryAddSingleton<ListManager>();
        services.TryAddSingleton<IListManager>(provider => provider.GetRequiredService<ListManager>());
        services.AddHostedService<ListRefreshService>();
        services.AddHostedService<ListReconcileService>();
        return services;
    }
}
