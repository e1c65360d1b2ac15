using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Tests.Lists;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Both streams as an application registers them, with lists whose pages a test plays and whose options it changes.</summary>
internal sealed class ListsHost : IDisposable
{
    private readonly ServiceProvider _provider;
    private readonly Dictionary<string, ScriptedSource> _sources;
    private readonly IConfigurationRoot _configuration;

    /// <summary>Registers lists, each with its options in the section of its name.</summary>
    public ListsHost(string[] lists, Action<IMatchingBuilder>? configure = null, params (string Key, string Value)[] settings)
    {
        _configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build();
        _sources = lists.ToDictionary(list => list, list => new ScriptedSource(list));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(Logs)).SetMinimumLevel(LogLevel.Trace));
        var builder = services.AddTakeItDownMatching(_configuration.GetSection("Matching"));
        foreach (var (name, source) in _sources)
        {
            services.AddSingleton<IListSource>(source);
            builder.ConfigureList(name, _configuration.GetSection(name));
        }
        configure?.Invoke(builder);
        _provider = services.BuildServiceProvider(validateScopes: true);
    }

    public AdjustableTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeLogCollector Logs { get; } = new();

    public IReadOnlyList<ListStatus> Lists => Get<IListManager>().Lists;

    private int _cursor = 1;

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>What a host does before anything else.</summary>
    public void Validate() => Get<IStartupValidator>().Validate();

    /// <summary>Brings a list up to date with these entries added.</summary>
    public async Task SyncAsync(string list, params ListEntry[] entries)
    {
        foreach (var (name, source) in _sources)
        {
            if (name != list) source.Enqueue((ListPage?)null);
            else source.Enqueue(new ListPage { Upserts = entries, Cursor = $"{_cursor++}", StartsOver = source.Cursors.All(cursor => cursor is null), CompleteThrough = Time.GetUtcNow() });
        }
        await Get<IListManager>().RefreshAsync(progress: null, TestContext.Current.CancellationToken);
    }

    /// <summary>Changes the options of a running host.</summary>
    public void Set(string key, string? value) => Set((key, value));

    /// <inheritdoc cref="Set(string, string)"/>
    public void Set(params (string Key, string? Value)[] settings)
    {
        foreach (var (key, value) in settings) _configuration[key] = value;
        _configuration.Reload();
    }

    public async Task<ScanResult> ScanAsync(byte[] content, bool all = false)
    {
        using var stream = new MemoryStream(content);
        return await Get<IContentScanner>().ScanAsync(stream, new ScanOptions { StopAtFirstMatch = !all }, TestContext.Current.CancellationToken);
    }

    public async Task<ContentHashes> HashAsync(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return await Get<IContentHasher>().HashAsync(stream, TestContext.Current.CancellationToken);
    }

    /// <summary>An entry with the hashes of content.</summary>
    public async Task<ListEntry> EntryAsync(string id, byte[] content)
    {
        var hashes = await HashAsync(content);
        return Entry(id, hashes.Pdq is { } pdq ? [.. hashes.Digests, pdq.Hash.ToValue()] : [.. hashes.Digests]);
    }

    public static ListEntry Entry(string id, params HashValue[] hashes) => new() { Key = new EntryKey("7", id), Media = MediaKind.Image, Hashes = hashes };

    public static byte[] Picture(string name) => File.ReadAllBytes(TestData.Fixture($"images/{name}"));

    public void Dispose() => _provider.Dispose();

    /// <summary>A clock that can be set, which moves no timestamp.</summary>
    public sealed class AdjustableTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        /// <summary>What the clock was set forward by.</summary>
        public TimeSpan Correction { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Correction;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
