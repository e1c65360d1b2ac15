using System.Diagnostics;
using System.Diagnostics.Metrics;
using TakeItDown.Matching.Scanning;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Telemetry;

/// <summary>What the instruments say, and that they cost nothing where nobody listens.</summary>
public sealed class TelemetryTests : IDisposable
{
    private static readonly byte[] Landscape = ListsHost.Picture("landscape.jpg");

    private readonly ListsHost _host = new(["npo", "new"], configure: null, ("new:Enabled", "false"));
    private readonly Ear _ear;

    public TelemetryTests() => _ear = new Ear(_host.Get<IMeterFactory>(), _host.Get<MatchingInstruments>());

    public void Dispose()
    {
        _ear.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Scans_are_counted_by_verdict_reason_and_media_and_matches_by_list_and_kind()
    {
        await _host.SyncAsync("npo", await _host.EntryAsync("1", Landscape));

        await _host.ScanAsync(Landscape);
        await _host.ScanAsync(ListsHost.Picture("landscape-q40.jpg"));
        await _host.ScanAsync(ListsHost.Picture("fractal.jpg"));
        await _host.ScanAsync(ListsHost.Picture("blank.jpg"));
        await _host.ScanAsync([1, 2, 3]);
        _host.Get<IContentScanner>().Scan([(await _host.HashAsync(Landscape)).Pdq!.Value.Hash.ToValue()]);

        Assert.Equal(
            [
                ("verdict=Match reason=None media=Image", 1),
                ("verdict=Match reason=None media=Image", 1),
                ("verdict=NoMatch reason=None media=Image", 1),
                ("verdict=NotScannable reason=TooPlain media=Image", 1),
                ("verdict=NotScannable reason=UnknownFormat media=Other", 1),
                ("verdict=Match reason=None media=Other", 1),
            ],
            _ear.Of("takeitdown.scans"));
        var matches = _ear.Of("takeitdown.matches").ToList();
        Assert.Contains(("list=npo kind=md5", 1), matches);
        Assert.Contains(("list=npo kind=pdq", 1), matches);
        Assert.All(matches, match => Assert.StartsWith("list=npo kind=", match.Tags, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_only_reported_is_counted_beside_what_is_enforced()
    {
        _host.Set(("new:Enabled", "true"), ("new:Mode", "ReportOnly"));
        await _host.SyncAsync("npo", await _host.EntryAsync("1", Landscape));
        await _host.SyncAsync("new", await _host.EntryAsync("2", ListsHost.Picture("fractal.jpg")));

        foreach (var name in (string[])["landscape.jpg", "fractal.jpg", "swirl.jpg"]) await _host.ScanAsync(ListsHost.Picture(name));

        Assert.Equal([("verdict=NoMatch reason=None reported_verdict=Match reported_reason=None", 1)], _ear.Of("takeitdown.scans.report_only"));
        Assert.Equal(["Match", "NoMatch", "NoMatch"], _ear.Of("takeitdown.scans").Select(scan => scan.Tags.Split(' ')[0]["verdict=".Length..]));
        Assert.All(_ear.Of("takeitdown.matches"), match => Assert.StartsWith("list=npo ", match.Tags, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Durations_are_in_seconds_and_stages_are_told_apart()
    {
        await _host.SyncAsync("npo", await _host.EntryAsync("1", Landscape));
        using var slow = new SlowStream(ListsHost.Picture("fractal.jpg"), () => _host.Time.Advance(TimeSpan.FromSeconds(5)));
        await _host.Get<IContentScanner>().ScanAsync(slow, options: null, TestContext.Current.CancellationToken);

        Assert.Equal([("verdict=NoMatch media=Image", 5)], _ear.Of("takeitdown.scan.duration"));
        Assert.Equal([("stage=read", 5), ("stage=lookup", 0), ("stage=picture", 0), ("stage=lookup", 0)], _ear.Of("takeitdown.scan.stage.duration"));
        var scan = _ear.Activities.Last();
        Assert.Equal(("takeitdown.scan", "NoMatch", "None", "Image"), (scan.OperationName, scan.GetTagItem("verdict"), scan.GetTagItem("reason"), scan.GetTagItem("media")));
        Assert.Equal(["takeitdown.scan.read", "takeitdown.scan.lookup", "takeitdown.scan.picture", "takeitdown.scan.lookup"],
            _ear.Activities.Where(activity => activity.ParentId == scan.Id).Select(activity => activity.OperationName));
        Assert.All(_ear.Units, unit => Assert.Equal(unit.Key.EndsWith("duration", StringComparison.Ordinal) || unit.Key.EndsWith("age", StringComparison.Ordinal), unit.Value == "s"));
    }

    [Fact]
    public void Histograms_advise_buckets_from_a_millisecond_to_two_minutes()
    {
        Assert.Equal(3, _ear.Histograms.Count);
        Assert.All(_ear.Histograms, histogram =>
        {
            var bounds = histogram.Value.Advice?.HistogramBucketBoundaries;
            Assert.Equal((0.001, 120), (bounds?[0], bounds?[^1]));
            Assert.Equal(bounds!.Order().Distinct(), bounds);
        });
    }

    [Fact]
    public async Task Decode_failures_are_counted_by_reason()
    {
        await _host.SyncAsync("npo", await _host.EntryAsync("1", Landscape));
        foreach (var name in (string[])["bad/truncated.jpg", "bad/bomb-30000x30000.png", "animated.gif", "blank.jpg"]) await _host.ScanAsync(ListsHost.Picture(name));

        Assert.Equal([("media=Image reason=Truncated", 1), ("media=Image reason=TooManyPixels", 1)], _ear.Of("takeitdown.decode.failures"));
    }

    [Fact]
    public async Task Lists_tell_their_age_their_entries_and_how_refreshes_went()
    {
        await _host.SyncAsync("npo", await _host.EntryAsync("1", Landscape));
        _host.Time.Advance(TimeSpan.FromMinutes(10));
        _ear.Observe();

        Assert.Equal([("list=npo", 600)], _ear.Of("takeitdown.list.age"));
        Assert.Equal([("list=npo", 1), ("list=new", 0)], _ear.Of("takeitdown.list.entries"));
        // The other list had nothing to give, which its script takes for a failure.
        Assert.Equal([("list=new outcome=failure", 1), ("list=npo outcome=success", 1)], _ear.Of("takeitdown.syncs").Order());
        Assert.Equal(2, _ear.Of("takeitdown.sync.duration").Count());
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Ok],
            _ear.Activities.Where(activity => activity.OperationName == "takeitdown.sync").OrderBy(activity => activity.GetTagItem("list")).Select(activity => activity.Status));
    }

    [Fact]
    public void Where_nobody_listens_nothing_is_allocated()
    {
        using var quiet = new ListsHost(["npo"]);
        var (instruments, scanner, inner) = (quiet.Get<MatchingInstruments>(), quiet.Get<IContentScanner>(), quiet.Get<ContentScanner>());
        HashValue[] hashes = [HashValue.FromBytes(HashKind.Md5, new byte[16])];

        Assert.Equal(0, Allocated(() =>
        {
            using var stage = instruments.Time(ScanStage.Read);
            instruments.DecodeFailed(MediaKind.Image, ScanReason.Damaged);
        }));
        Assert.Equal(Allocated(() => inner.Scan(hashes)), Allocated(() => scanner.Scan(hashes)));
    }

    [Fact]
    public void The_document_names_every_instrument_activity_and_tag()
    {
        var document = File.ReadAllText(Path.Combine(TestData.Root, "docs", "telemetry.md"));
        var names = typeof(TelemetryNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"`{name}`", document, StringComparison.Ordinal));
        Assert.All(_ear.Units.Keys, name => Assert.Contains(name, names));
    }

    private static long Allocated(Action action)
    {
        for (var i = 0; i < 100; i++) action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Takes time before its first byte.</summary>
    private sealed class SlowStream(byte[] content, Action wait) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == 0) wait();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
