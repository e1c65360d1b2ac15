using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Registries.Ncmec;

namespace TakeItDown.Matching.Benchmarks.Lists;

/// <summary>
/// A list from the reference registry on loopback into a SQLite store. BenchmarkDotNet tells the time on the clock, the registry's part of it included;
/// the lines that start with a case's name tell this process's own: entries for each second of processor time, and the most memory it took.
/// </summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class SyncBenchmarks
{
    private const int PageSize = 1000, Delta = 100;
    private const string User = "platform", Password = "platform password";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("takeitdown-sync-");
    private readonly List<ListPage> _pages = [];
    private RegistryProcess _registry = null!;
    private ServiceProvider _services = null!;
    private NcmecFilter _filter = null!;
    private byte[] _document = [];
    private int _stores;

    public static IEnumerable<int> Lengths => DryRun.Lengths(100_000, 300_000, 1_000_000);

    [ParamsSource(nameof(Lengths))]
    public int Entries { get; set; }

    [GlobalSetup(Target = nameof(ParseAndStore))]
    public void SetUp()
    {
        _registry = new RegistryProcess(Entries, User, Password);
        _filter = new NcmecFilter(new NcmecRegistryOptions { Root = _registry.Root });
        _services = Client(store: 0);
    }

    [GlobalSetup(Target = nameof(Parse))]
    public void SetUpDocument()
    {
        SetUp();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
        _document = http.GetByteArrayAsync(new Uri(_registry.Root + "/v2/entries")).GetAwaiter().GetResult();
    }

    [GlobalSetup(Target = nameof(Store))]
    public void SetUpPages()
    {
        SetUp();
        ReadAsync(_services, page =>
        {
            _pages.Add(page);
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
    }

    [GlobalSetup(Targets = [nameof(ColdStart), nameof(NoChange), nameof(SmallDelta)])]
    public void SetUpSynced()
    {
        SetUp();
        Refresh().GetAwaiter().GetResult();
    }

    /// <summary>A list from its beginning into an empty store.</summary>
    [Benchmark(Baseline = true)]
    public Task ParseAndStore() => MeasureAsync("parse and store", async () =>
    {
        await using var client = Client(++_stores);
        var store = client.GetRequiredService<IListStore>();
        var position = 0L;
        await ReadAsync(client, async page => position = await StoreAsync(store, page, position));
    });

    /// <summary>As many pages as the list has, each the same document.</summary>
    [Benchmark]
    public Task Parse() => MeasureAsync("parse", () =>
    {
        for (var page = 0; page < Entries / PageSize; page++) NcmecPageParser.Parse(_document, _filter);
        return Task.CompletedTask;
    });

    /// <summary>The list's pages, in batches as they come, into an empty store.</summary>
    [Benchmark]
    public Task Store() => MeasureAsync("store", async () =>
    {
        await using var client = Client(++_stores);
        var store = client.GetRequiredService<IListStore>();
        var position = 0L;
        foreach (var page in _pages) position = await StoreAsync(store, page, position);
    });

    /// <summary>Stores a page, and says which position the next one has to follow.</summary>
    private static async Task<long> StoreAsync(IListStore store, ListPage page, long position)
    {
        var applied = await store.ApplyAsync("list", new StoreChange
        {
            Expected = position,
            Generation = 1,
            Upserts = page.Upserts,
            Removals = [.. page.Removals.Select(removal => new StoreRemoval(removal.Key))],
            Cursor = page.Cursor,
            CompleteThrough = page.CompleteThrough,
        });
        return applied.Position;
    }

    /// <summary>From a store that holds the list to an index that serves scans.</summary>
    [Benchmark]
    public Task ColdStart() => MeasureAsync("cold start", async () =>
    {
        await using var client = Client(store: 0);
        var lists = client.GetRequiredService<IListManager>();
        await lists.LoadAsync();
        if (lists.Lists[0].Entries != Entries) throw new InvalidOperationException(lists.Lists[0].ToString());
    });

    /// <summary>A refresh that finds nothing new.</summary>
    [Benchmark]
    public Task NoChange() => Refresh();

    [IterationSetup(Target = nameof(SmallDelta))]
    public void Change() => _registry.Change(Delta);

    /// <summary>A refresh that finds a hundred changes, until they are in the index.</summary>
    [Benchmark]
    public Task SmallDelta() => MeasureAsync("small delta", async () =>
    {
        var result = await Refresh();
        if (result.Upserts < Delta) throw new InvalidOperationException(result.ToString());
    });

    [GlobalCleanup]
    public void CleanUp()
    {
        _services.Dispose();
        _registry.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Reads the list from its beginning, and hands it on in the batches in which it would be stored.</summary>
    private static async Task ReadAsync(ServiceProvider client, Func<ListPage, Task> take)
    {
        var batch = new PageBatch(TimeProvider.System);
        await foreach (var page in client.GetRequiredService<IListSource>().ReadAsync(cursor: null))
        {
            batch.Add(page);
            if (batch.IsDue) await take(batch.Take());
        }
    }

    private async Task MeasureAsync(string name, Func<Task> action)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await action();
        process.Refresh();
        var seconds = (process.TotalProcessorTime - before).TotalSeconds;
        Console.WriteLine($"// {name}: {Entries:N0} entries in {seconds:N2} s of processor time, {Entries / seconds:N0} a second; this process took {process.PeakWorkingSet64 >> 20} MB at most");
    }

    private async Task<RefreshResult> Refresh()
    {
        var result = (await _services.GetRequiredService<IListManager>().RefreshAsync())[0];
        return result.Error is null ? result : throw new InvalidOperationException(result.Error);
    }

    /// <summary>A client with a store, which holds what it held before.</summary>
    private ServiceProvider Client(int store) => new ServiceCollection().AddTakeItDownMatching()
        .AddNcmecRegistry("list", options =>
        {
            (options.Root, options.UserName, options.Password) = (_registry.Root, User, Password);
            options.Members.Add("*");
        })
        .UseSqliteStore(Path.Combine(_folder.FullName, $"{store}.db"))
        .Services.BuildServiceProvider();
}
