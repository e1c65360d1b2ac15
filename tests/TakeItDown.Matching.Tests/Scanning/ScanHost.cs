using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>The upload stream as an application registers it, with lists of the test's own and a folder for temporary files.</summary>
internal sealed class ScanHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private ScanHost(Action<MatchingOptions>? configure, Action<IMatchingBuilder>? extend, IEnumerable<IListSource> lists)
    {
        Temporary = Directory.CreateTempSubdirectory("takeitdown-scan-").FullName;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(Logs)).SetMinimumLevel(LogLevel.Trace));
        var builder = services.AddTakeItDownMatching(options =>
        {
            options.TemporaryDirectory = Temporary;
            configure?.Invoke(options);
        });
        foreach (var list in lists) services.AddSingleton(list);
        extend?.Invoke(builder);
        _provider = services.BuildServiceProvider(validateScopes: true);
    }

    public string Temporary { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeLogCollector Logs { get; } = new();

    public IContentScanner Scanner => _provider.GetRequiredService<IContentScanner>();

    public IContentHasher Hasher => _provider.GetRequiredService<IContentHasher>();

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>With one list, freshly read, of these hashes: an entry each, named e0, e1 and so on.</summary>
    public static Task<ScanHost> WithAsync(params HashValue[] hashes) => StartAsync(null, null, new FixedList("test", hashes));

    public static Task<ScanHost> WithAsync(Action<MatchingOptions> configure, params HashValue[] hashes) => StartAsync(configure, null, new FixedList("test", hashes));

    public static async Task<ScanHost> StartAsync(Action<MatchingOptions>? configure, Action<IMatchingBuilder>? extend, params IListSource[] lists)
    {
        var host = new ScanHost(configure, extend, lists);
        await host.Get<IListManager>().RefreshAsync(progress: null, TestContext.Current.CancellationToken);
        return host;
    }

    public ValueTask<ScanResult> ScanAsync(byte[] content, ScanOptions? options = null) => ScanAsync(new MemoryStream(content), options);

    public ValueTask<ScanResult> ScanAsync(Stream content, ScanOptions? options = null) =>
        Scanner.ScanAsync(content, options, TestContext.Current.CancellationToken);

    public async Task<PdqHash> PdqAsync(byte[] picture)
    {
        var hashes = await Hasher.HashAsync(new MemoryStream(picture), TestContext.Current.CancellationToken);
        return hashes.Pdq!.Value.Hash;
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Assert.Empty(Directory.GetFileSystemEntries(Temporary));
        Directory.Delete(Temporary);
    }
}

/// <summary>A list that never changes.</summary>
internal sealed class FixedList(string name, params HashValue[] hashes) : IListSource
{
    public string Name => name;

    /// <summary>When it is complete; null for a list that was never read to its end. Noon of the test's day if not said.</summary>
    public DateTimeOffset? CompleteThrough { get; init; } = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new ListPage
        {
            StartsOver = true,
            Cursor = "1",
            CompleteThrough = CompleteThrough,
            Upserts = [.. hashes.Select((hash, i) => new ListEntry { Key = new EntryKey("7", $"e{i}"), Media = MediaKind.Image, Classification = "A1", Hashes = [hash] })],
        };
    }
}
