using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>The upload stream as an application registers it, with a list of the test's own.</summary>
internal sealed class VideoHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly List<ListEntry> _entries = [];

    public VideoHost(Action<MatchingOptions>? configure = null)
    {
        // A folder of its own, so that a test can count what is left in it.
        Temporary = Directory.CreateTempSubdirectory("takeitdown-scan-").FullName;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(Logs)).SetMinimumLevel(LogLevel.Trace));
        services.AddTakeItDownMatching(options =>
        {
            options.TemporaryDirectory = Temporary;
            configure?.Invoke(options);
        });
        _provider = services.BuildServiceProvider(validateScopes: true);
        Publish();
    }

    public string Temporary { get; }

    public FakeLogCollector Logs { get; } = new();

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public void List(string id, MediaKind media, IEnumerable<PdqHash> hashes)
    {
        _entries.Add(new ListEntry { Key = new EntryKey("1", id), Media = media, Hashes = [.. hashes.Select(hash => hash.ToValue())] });
        Publish();
    }

    public async Task<ContentHashes> HashAsync(string path, IProgress<VideoProgress>? progress = null)
    {
        await using var file = File.OpenRead(path);
        return await Get<IContentHasher>().HashAsync(file, progress, TestContext.Current.CancellationToken);
    }

    public async Task<ScanResult> ScanAsync(string path, ScanOptions? options = null)
    {
        await using var file = File.OpenRead(path);
        return await Get<IContentScanner>().ScanAsync(file, options, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Assert.Empty(Directory.GetFileSystemEntries(Temporary));
        Directory.Delete(Temporary);
    }

    private void Publish()
    {
        var builder = new HashIndexBuilder();
        foreach (var entry in _entries) builder.Add(entry);
        // A PDQ hash that nothing is near, so that PDQ is looked up at all.
        builder.Add(new ListEntry { Key = new EntryKey("1", "far"), Media = MediaKind.Image, Hashes = [new PdqHash(0x0123456789ABCDEF, 0xFEDCBA9876543210, 0x0F1E2D3C4B5A6978, 0x8796A5B4C3D2E1F0).ToValue()] });
        Get<ListCatalog>().Publish(new ListSnapshot("test", builder.Build(), TimeProvider.System.GetUtcNow()));
    }
}
