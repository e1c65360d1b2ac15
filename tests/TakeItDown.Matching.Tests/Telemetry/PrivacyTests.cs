using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TakeItDown.Matching.Feedback;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Registries.Ncmec;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Telemetry;

/// <summary>No hash, file name, user data or credential is told to logs, instruments or activities, whatever goes well or wrong.</summary>
public sealed class PrivacyTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private const string UserName = "platform-user";
    private const string FileName = "holiday-of-a-user.jpg";

    private static readonly string[] Good = ["landscape.jpg", "landscape-q40.jpg", "fractal.jpg", "swirl.jpg", "animated.gif", "landscape-exif6.jpg", "landscape-mirrored.jpg"];

    /// <summary>The texts that this test does not bring about, and why none of them could tell anything.</summary>
    private static readonly (string Why, int[] Events)[] Unheard =
    [
        ("it holds names of lists, counts and times alone", [100, 109, 111, 112, 113, 114, 116, 117, 118, 119, 124, 125, 126, 130, 131, 132, 134, 135, 151, 160, 202]),
        ("its reason is put together as that of 103, which is heard", [101, 108, 115, 129, 133, 136]),
        ("it names members as the registry does, by request of the operator, who chose among them", [127, 128]),
        ("its reason is the text of a ListSourceException, as in 122, which is heard", [123]),
        ("it names the file of the store, which the operator chose", [150, 152]),
        ("it names a list, or ways of looking, as options do", [340, 341]),
        ("its options hold no secret, and what they say of hashes has a test of its own", [200]),
    ];

    private readonly SwiftTime _time = new();
    private readonly FakeLogCollector _logs = new();
    private readonly Detector _detector = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("takeitdown-private-").FullName;
    private FakeRegistry _registry = null!;
    private ServiceProvider _provider = null!;
    private Ear _ear = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync(_time);
        _registry.PageSize = 3;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(_logs)).SetMinimumLevel(LogLevel.Trace));
        services.AddTakeItDownMatching(options =>
        {
            options.TemporaryDirectory = _folder;
            // The time limit of requests, which this clock holds back.
            options.MaximumScanTime = options.Video.MaximumTime = TakeItDown.Matching.Registries.RegistryClient.RequestTimeout;
            // So that what would have been answered is told as well.
            (options.AllOrientations, options.ReportOnly) = (true, MatchWays.Turned);
        })
            .AddImageDecoder<QuotingDecoder>()
            .AddNcmecRegistry("test", options =>
            {
                (options.Root, options.UserName, options.Password) = (_registry.Root, UserName, Password);
                options.Members.Add("*");
            })
            .ConfigureList("test", options => options.FloodLimit = 1);
        _provider = services.BuildServiceProvider(validateScopes: true);
        _ear = new Ear(_provider.GetRequiredService<IMeterFactory>(), _provider.GetRequiredService<MatchingInstruments>());

        foreach (var secret in (string[])[Password, UserName, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password}")), FileName, _folder, TestData.Root]) _detector.Forbid(secret);
    }

    public async ValueTask DisposeAsync()
    {
        _ear.Dispose();
        await _provider.DisposeAsync();
        await _registry.DisposeAsync();
        Directory.Delete(_folder);
    }

    [Fact]
    public async Task Nothing_private_is_told_of_scans_and_syncs_that_go_well_or_wrong()
    {
        await ListAsync();
        await SyncThroughFaultsAsync();
        await ScanAsync();
        await GiveFeedbackThroughFaultsAsync();
        _ear.Observe();

        // Enough was told to make this mean something.
        var verdicts = _ear.Values.Where(heard => heard.Instrument == "takeitdown.scans").Select(heard => heard.Tags).ToList();
        foreach (var verdict in Enum.GetNames<Verdict>()) Assert.Contains(verdicts, tags => tags.Contains($"verdict={verdict} ", StringComparison.Ordinal));
        foreach (var instrument in _ear.Units.Keys) Assert.Contains(_ear.Values, heard => heard.Instrument == instrument);
        Assert.Contains(_logs.GetSnapshot(), record => record.Level == LogLevel.Error);
        var heard = _logs.GetSnapshot().Select(record => record.Id.Id).ToHashSet();
        Assert.Equal(string.Join(' ', Unheard.SelectMany(group => group.Events).Order()), string.Join(' ', Events().Except(heard).Order()));
        Assert.Contains(_logs.GetSnapshot(), record => record.Message.Contains(nameof(QuotingDecoder), StringComparison.Ordinal));

        Assert.All(Told(), text => Assert.Null(_detector.Find(text)));
    }

    [Fact]
    public void The_detector_finds_what_it_is_for()
    {
        var hash = HashValue.FromBytes(HashKind.Md5, [.. Enumerable.Range(100, 16).Select(number => (byte)number)]);
        _detector.Forbid(hash);

        foreach (var leak in (string[])[hash.ToHexString(), hash.ToHexString().ToUpperInvariant(), $"x={Convert.ToBase64String(hash.Bytes)}", $"Wrong: {Password}!", "a" + FileName, $"{new string('0', 15)}1", string.Concat(Enumerable.Repeat("Ab1+", 10))])
            Assert.NotNull(_detector.Find(leak));
        foreach (var fine in (string[])["", "list=npo outcome=success", "List 'npo' is published with 12345678 entries.", "at TakeItDown.Matching.Lists.ManagedList.FetchAsync", "2026-03-01 12:00:00Z"])
            Assert.Null(_detector.Find(fine));
    }

    /// <summary>The number of every text that the library has for logs; those below 100 are a class's own.</summary>
    private static IEnumerable<int> Events() =>
        from assembly in (Assembly[])[typeof(ListManager).Assembly, typeof(SqliteListStore).Assembly]
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        where method.GetCustomAttribute<LoggerMessageAttribute>() is { EventId: >= 100 }
        select method.GetCustomAttribute<LoggerMessageAttribute>()!.EventId;

    /// <summary>Every text that anyone outside could read.</summary>
    private IEnumerable<string?> Told()
    {
        foreach (var record in _logs.GetSnapshot())
        {
            yield return record.Message;
            yield return record.Exception is { } exception ? WithoutStack(exception) : null;
            foreach (var (_, value) in record.StructuredState ?? []) yield return value;
            foreach (var scope in record.Scopes) yield return scope?.ToString();
        }
        foreach (var heard in _ear.Values) yield return heard.Tags;
        foreach (var activity in _ear.Activities)
        {
            yield return activity.OperationName;
            yield return activity.DisplayName;
            yield return activity.StatusDescription;
            foreach (var (key, value) in activity.TagObjects) yield return $"{key}={value}";
            foreach (var happened in activity.Events) yield return $"{happened.Name} {string.Join(' ', happened.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}";
            foreach (var (key, value) in activity.Baggage) yield return $"{key}={value}";
        }
    }

    /// <summary>A stack names the source files of whoever built the library, which is no secret.</summary>
    private static string WithoutStack(Exception exception) => exception.InnerException is { } inner ? $"{exception.Message} {WithoutStack(inner)}" : exception.Message;

    private async Task ListAsync()
    {
        await using (var unsynced = File.OpenRead(TestData.Fixture("images/landscape.jpg"))) await ScanAsync(unsynced);
        var now = _time.GetUtcNow() - TimeSpan.FromHours(1);
        for (var i = 0; i < Good.Length; i++)
        {
            await using var file = File.OpenRead(TestData.Fixture($"images/{Good[i]}"));
            var hashes = await _provider.GetRequiredService<IContentHasher>().HashAsync(file, TestContext.Current.CancellationToken);
            foreach (var hash in hashes.Digests) _detector.Forbid(hash);
            foreach (var hash in hashes.Dihedral) _detector.Forbid(hash.ToValue());
            foreach (var frame in hashes.Frames) _detector.Forbid(frame.Hash.ToValue());
            if (i < 2) _registry.Put(new FakeEntry("42", $"{i}", now, [.. hashes.Digests.Select(hash => (hash.Kind.ToName(), hash.ToHexString())), ("pdq", hashes.Pdq!.Value.Hash.ToValue().ToHexString())]));
        }
        // Malformed records: a hash that is too long, and one that is no hash.
        _registry.Put(new FakeEntry("42", "long", now, ("md5", SyncHost.Hex(HashKind.Sha256, 1))));
        _registry.Put(new FakeEntry("42", "none", now, ("sha1", Password)));
    }

    private async Task SyncThroughFaultsAsync()
    {
        var leak = $"{SyncHost.Hex(HashKind.Md5, 5)} {Password}";
        Func<HttpContext, Task>[] faults =
        [
            context => AnswerAsync(context, 401, "text/plain", leak),
            context => AnswerAsync(context, 500, "text/plain", leak),
            context => AnswerAsync(context, 200, "text/html", leak),
            context => AnswerAsync(context, 200, "application/xml", leak),
            context => AnswerAsync(context, 200, "application/xml", $"<{SyncHost.Hex(HashKind.Md5, 5).Replace('0', 'a')} x='{Password}'"),
            context => AnswerAsync(context, 200, "application/xml", FakeRegistry.Document($"<images><image><md5>{leak}</images>")),
            context => AnswerAsync(context, 200, "application/xml", FakeRegistry.Document($"<paging><next>http://127.0.0.1:9/?key={leak}</next></paging>")),
            context =>
            {
                context.Response.Headers.Location = $"http://127.0.0.1:9/?password={Uri.EscapeDataString(Password)}&hash={SyncHost.Hex(HashKind.Md5, 5)}";
                return AnswerAsync(context, 302, null, "");
            },
            context =>
            {
                context.Abort();
                return Task.CompletedTask;
            },
        ];
        var manager = _provider.GetRequiredService<IListManager>();
        foreach (var fault in faults)
        {
            _registry.Fault = Always(fault);
            Assert.NotNull(Assert.Single(await manager.RefreshAsync(progress: null, TestContext.Current.CancellationToken)).Error);
        }
        _registry.Fault = null;
        var result = Assert.Single(await manager.RefreshAsync(progress: null, TestContext.Current.CancellationToken));
        Assert.Null(result.Error);
        Assert.True(result.Rejected > 0);
    }

    /// <summary>On an entry that is named by its hash, as some registries name theirs.</summary>
    private async Task GiveFeedbackThroughFaultsAsync()
    {
        var feedback = _provider.GetRequiredService<IListFeedback>();
        var match = new Match { List = "test", Member = UserName, Entry = SyncHost.Hex(HashKind.Md5, 6), Kind = HashKind.Md5 };
        _detector.Forbid(match.Entry);
        var leak = $"{match.Entry} {Password}";
        var sound = _registry.Reasons;
        foreach (var (status, reasons) in new[] { (500, sound), (401, sound), (302, sound), (200, sound), (404, $"<availableFeedbackReasons><reason guid='{leak}' name="), (404, sound), (204, sound) })
        {
            _registry.Reasons = reasons;
            _registry.Fault = When(
                context => context.Request.Method == HttpMethods.Put,
                context => status == 204 ? Status(context, status) : AnswerAsync(context, status, status == 200 ? "text/html" : "text/plain", leak));
            await feedback.AffirmAsync(match, TestContext.Current.CancellationToken);
            await _provider.GetRequiredService<ListFeedback>().Channels.Single().SendAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(["failure", "failure", "failure", "failure", "failure", "refused", "success"], _ear.Of("takeitdown.feedback.attempts").Select(heard => heard.Tags["list=test outcome=".Length..]));
    }

    private async Task ScanAsync()
    {
        foreach (var name in Good.Select(name => $"images/{name}").Concat(Directory.EnumerateFiles(TestData.Fixture("images/bad"))))
        {
            // Under a user's name for it.
            var path = Path.Combine(_folder, FileName);
            File.Copy(TestData.Fixture(name), path);
            await using (var file = File.OpenRead(path)) await ScanAsync(file);
            File.Delete(path);
        }
        using var broken = new BrokenStream();
        await Assert.ThrowsAsync<IOException>(() => ScanAsync(broken));
    }

    private async Task ScanAsync(Stream stream) =>
        await _provider.GetRequiredService<IContentScanner>().ScanAsync(stream, new ScanOptions { StopAtFirstMatch = false }, TestContext.Current.CancellationToken);

    private static Task AnswerAsync(HttpContext context, int status, string? type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }

    /// <summary>A decoder that fails, and says of what.</summary>
    public sealed class QuotingDecoder : IImageDecoder
    {
        public string Name => nameof(QuotingDecoder);

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(ImageFormat format) => format == ImageFormat.Gif;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken) =>
            throw new InvalidDataException($"{FileName}: {Convert.ToHexString(content[..64])}");
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException($"{FileName} is gone");
    }
}
