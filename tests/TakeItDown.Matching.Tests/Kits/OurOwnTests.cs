using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Testing;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Registries.Ncmec;
using TakeItDown.Matching.Tests.Registries.StopNcii;
using TakeItDown.Matching.Tests.Storage;

namespace TakeItDown.Matching.Tests.Kits;

/// <summary>Our own stores, outboxes, sources and decoders keep the rules that a partner's must keep.</summary>
public sealed class OurOwnTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly SwiftTime _time = new();
    private FakeRegistry _ncmec = null!;
    private FakeStopNcii _stopNcii = null!;

    public async ValueTask InitializeAsync() => (_ncmec, _stopNcii) = (await FakeRegistry.StartAsync(_time), await FakeStopNcii.StartAsync(_time));

    public async ValueTask DisposeAsync()
    {
        await _ncmec.DisposeAsync();
        await _stopNcii.DisposeAsync();
        _folder.Dispose();
    }

    public static TheoryData<string, string> Stores => Rows(Stored(null), outlasts: "SQLite", "memory");

    public static TheoryData<string, string> Outboxes => Rows(Queued(null), outlasts: "SQLite", "memory");

    public static TheoryData<string, string> Sources => Rows(Conformance.ListSource(() => null!), outlasts: null, "NCMEC", "StopNCII");

    public static TheoryData<string, string, string> Decoders
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var (decoder, picture) in ((string, string)[])[("bmp", "landscape.bmp"), ("libjpeg-turbo", "landscape-thumb.jpg"), ("libvips", "landscape-thumb.jpg"), ("libvips", "landscape-palette.png")])
            {
                foreach (var rule in Conformance.ImageDecoder(() => null!, [], ImageFormat.Bmp).Rules) rows.Add(decoder, picture, rule);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public Task A_store_keeps_the_rules(string which, string rule) =>
        Stored(which == "SQLite" ? _folder : null).CheckAsync(rule, TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Outboxes))]
    public Task An_outbox_keeps_the_rules(string which, string rule) =>
        Queued(which == "SQLite" ? _folder : null).CheckAsync(rule, TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_source_keeps_the_rules(string which, string rule)
    {
        (_ncmec.PageSize, _stopNcii.PageSize) = (3, 3);
        for (var i = 0; i < 10; i++)
        {
            _ncmec.Put(new FakeEntry("42", $"{i}", _time.GetUtcNow() - TimeSpan.FromDays(1 + i), [("md5", SyncHost.Hex(HashKind.Md5, i))]));
            _stopNcii.Put(new FakeHash("ImagePDQ", SyncHost.Hex(HashKind.Pdq, i), "Active", _time.GetUtcNow() - TimeSpan.FromDays(1 + i)));
        }
        using var host = which == "NCMEC"
            ? new SyncHost(_time, _ncmec)
            : new SyncHost(_time, builder => builder.AddStopNcii("test", options => (options.Root, options.FunctionKey, options.SubscriptionKey) = (_stopNcii.Root, "a", "b")));

        await Conformance.ListSource(host.Get<IListSource>).CheckAsync(rule, TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Decoders))]
    public async Task A_decoder_keeps_the_rules(string which, string picture, string rule)
    {
        var services = new ServiceCollection();
        services.AddTakeItDownMatching();
        await using var provider = services.BuildServiceProvider();
        var decoder = provider.GetServices<IImageDecoder>().Single(each => each.Name == which);
        var content = await File.ReadAllBytesAsync(TestData.Fixture("images/" + picture), TestContext.Current.CancellationToken);
        var format = Path.GetExtension(picture) switch { ".bmp" => ImageFormat.Bmp, ".jpg" => ImageFormat.Jpeg, _ => ImageFormat.Png };

        await Conformance.ImageDecoder(() => decoder, content, format).CheckAsync(rule, TestContext.Current.CancellationToken);
    }

    private static ConformanceKit Stored(TempFolder? folder) => folder is null
        ? Conformance.ListStore(_ => new InMemoryListStore(), outlasts: false)
        : Conformance.ListStore(place => new SqliteListStore(folder.File(place)), outlasts: true);

    private static ConformanceKit Queued(TempFolder? folder) => folder is null
        ? Conformance.FeedbackOutbox(_ => new InMemoryOutbox(), outlasts: false)
        : Conformance.FeedbackOutbox(place => new SqliteListStore(folder.File(place)), outlasts: true);

    private static TheoryData<string, string> Rows(ConformanceKit kit, string? outlasts, params string[] others)
    {
        var rows = new TheoryData<string, string>();
        foreach (var subject in outlasts is null ? others : [outlasts, .. others])
        {
            foreach (var rule in kit.Rules) rows.Add(subject, rule);
        }
        if (outlasts is not null) rows.Add(outlasts, "outlasts");
        return rows;
    }
}
