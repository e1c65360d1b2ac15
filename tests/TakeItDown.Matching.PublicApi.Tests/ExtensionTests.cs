using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.PublicApi.Tests;

/// <summary>A decoder, a store and a source that an outsider wrote take part in a real scan.</summary>
public class ExtensionTests
{
    [Fact]
    public async Task A_decoder_a_store_and_a_source_of_ones_own_work_together()
    {
        var picture = ChequersDecoder.Pixels();
        var hash = PdqHasher.Hash(new PixelBuffer(picture, ChequersDecoder.Side, ChequersDecoder.Side, PixelFormat.Grey8));
        Assert.InRange(hash.Quality, 50, 100);
        var store = new DictionaryStore();
        var services = new ServiceCollection();
        services.AddSingleton<IListStore>(store);
        services.AddSingleton<IListSource>(new OneEntrySource(hash.Hash.ToValue()));
        services.AddTakeItDownMatching().AddImageDecoder<ChequersDecoder>();
        await using var provider = services.BuildServiceProvider();
        var lists = provider.GetRequiredService<IListManager>();
        var refreshed = Assert.Single(await lists.RefreshAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((1L, null), (refreshed.Upserts, refreshed.Error));
        Assert.Equal(1, store.Pages);

        // A BMP as the sniffer knows one, which the outsider's decoder is asked for before the built-in one.
        byte[] upload = [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, .. new byte[40]];
        var scanner = provider.GetRequiredService<IContentScanner>();
        var result = await scanner.ScanAsync(new MemoryStream(upload), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Match, result.Verdict);
        var match = Assert.Single(result.Matches);
        Assert.Equal(("mine", "one", HashKind.Pdq, 0), (match.List, match.Entry, match.Kind, match.Distance));
    }

    [Fact]
    public async Task A_store_that_already_holds_a_list_serves_it_after_a_restart()
    {
        var content = "any content at all"u8.ToArray();
        var store = new DictionaryStore();
        var source = new OneEntrySource(HashValue.FromBytes(HashKind.Sha256, SHA256.HashData(content)));
        for (var start = 0; start < 2; start++)
        {
            await using var provider = new ServiceCollection().AddSingleton<IListStore>(store).AddSingleton<IListSource>(source).AddTakeItDownMatching().Services.BuildServiceProvider();
            var lists = provider.GetRequiredService<IListManager>();
            if (start == 0) await lists.RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
            else await lists.LoadAsync(TestContext.Current.CancellationToken);
            var result = await provider.GetRequiredService<IContentScanner>().ScanAsync(new MemoryStream(content), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(Verdict.Match, result.Verdict);
        }
    }

    /// <summary>Sees the same picture in every bitmap.</summary>
    private sealed class ChequersDecoder : IImageDecoder
    {
        public const int Side = 256;

        public string Name => "chequers";

        public DecoderAvailability Availability => new(true, "1.0");

        public static byte[] Pixels() => [.. Enumerable.Range(0, Side * Side).Select(i => (byte)((((i % Side / 29) + (i / Side / 41)) % 2 * 160) + (i % Side / 4)))];

        public bool CanDecode(ImageFormat format) => format == ImageFormat.Bmp;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
        {
            if (!sink.Accept(Side, Side, Side * Side)) return new DecodeResult(DecodeStatus.OverLimit);
            sink.Begin(Side, Side);
            sink.Write(new PixelBuffer(Pixels(), Side, Side, PixelFormat.Grey8));
            return new DecodeResult(DecodeStatus.Complete);
        }
    }

    private sealed class OneEntrySource(HashValue hash) : IListSource
    {
        public string Name => "mine";

        public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            var entry = new ListEntry { Key = new EntryKey("me", "one"), Media = MediaKind.Image, Hashes = [hash] };
            yield return new ListPage { Cursor = "1", StartsOver = true, Upserts = [entry], CompleteThrough = TimeProvider.System.GetUtcNow() };
        }
    }

    private sealed class DictionaryStore : IListStore
    {
        private readonly Dictionary<EntryKey, ListEntry> _entries = [];
        private StoredList? _list;

        public int Pages { get; private set; }

        public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<IReadOnlyList<string>>(["mine"]);

        public ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default) => ValueTask.FromResult(_list);

        public ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default)
        {
            foreach (var entry in change.Upserts) _entries[entry.Key] = entry;
            foreach (var removal in change.Removals) _entries.Remove(removal.Key);
            Pages++;
            _list = new StoredList(change.Cursor, change.CompleteThrough ?? _list?.CompleteThrough, _entries.Count, (_list?.Position ?? 0) + 1, change.Generation);
            return ValueTask.FromResult(new AppliedChange(_list.Position, new ListChanges(change.Upserts.Count, change.Removals.Count)));
        }

        public ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default) => ValueTask.FromResult(0L);

        public async IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            foreach (var entry in _entries.Values) yield return entry;
        }
    }
}
