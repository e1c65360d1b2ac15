using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.DependencyInjection;
using TakeItDown.Matching.Tests.Registries.Ncmec;

namespace TakeItDown.Matching.Tests.Registries;

/// <summary>The list stream as an application registers it, without the service that runs it by itself.</summary>
internal sealed class SyncHost : IDisposable
{
    private readonly ServiceProvider _provider;

    public SyncHost(TimeProvider time, Action<IMatchingBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(Logs)).SetMinimumLevel(LogLevel.Trace));
        services.AddSyncing();
        configure(new Builder(services));
        _provider = services.BuildServiceProvider(validateScopes: true);
    }

    public SyncHost(TimeProvider time, FakeRegistry registry, Action<NcmecRegistryOptions>? configure = null, IListStore? store = null)
        : this(time, builder =>
        {
            if (store is not null) builder.Services.AddSingleton(store);
            builder.AddNcmecRegistry("test", options =>
            {
                options.Root = registry.Root;
                options.UserName = "platform";
                options.Password = "correct horse";
                configure?.Invoke(options);
                if (options.Members.Count == 0) options.Members.Add("*");
            });
        })
    {
    }

    public FakeLogCollector Logs { get; } = new();

    public IListManager Manager => _provider.GetRequiredService<IListManager>();

    public IListStore Store => _provider.GetRequiredService<IListStore>();

    public ListCatalog Catalog => _provider.GetRequiredService<ListCatalog>();

    public ListStatus Status => Assert.Single(Manager.Lists);

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public async Task<RefreshResult> RefreshAsync(IProgress<RefreshProgress>? progress = null) => Assert.Single(await Manager.RefreshAsync(progress));

    /// <summary>Whether an upload with this digest would be found.</summary>
    public bool Finds(HashKind kind, string hex)
    {
        Assert.True(HashValue.TryParse(kind, hex, out var hash));
        var hits = new List<Matching.Indexing.IndexHit>();
        var index = Assert.Single(Catalog.Current).Index;
        if (kind == HashKind.Pdq) index.FindPdq([PdqHash.FromValue(hash)], 0, hits);
        else index.FindDigests([hash], hits);
        return hits.Count > 0;
    }

    /// <summary>A made-up hash that is no other number's.</summary>
    public static string Hex(HashKind kind, int number)
    {
        var bytes = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind} {number}")));
        return Convert.ToHexStringLower(bytes.AsSpan(0, kind.ByteLength()));
    }

    public void Dispose() => _provider.Dispose();

    private sealed class Builder(IServiceCollection services) : IMatchingBuilder
    {
        public IServiceCollection Services => services;
    }
}
