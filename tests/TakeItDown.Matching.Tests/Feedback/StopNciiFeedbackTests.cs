using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Registries.StopNcii;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Feedback;

/// <summary>Feedback to StopNCII.org, which is on hashes and not on entries.</summary>
public sealed class StopNciiFeedbackTests : IAsyncLifetime
{
    private readonly SwiftTime _time = new();
    private readonly InMemoryListStore _store = new();
    private FakeStopNcii _registry = null!;
    private FeedbackHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeStopNcii.StartAsync(_time);
        _host = Host("feedback");
        for (var i = 0; i < 3; i++) _registry.Put(new FakeHash("ImagePDQ", SyncHost.Hex(HashKind.Pdq, i), "Active", _time.GetUtcNow()));
        await _host.Get<IListManager>().RefreshAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _registry.DisposeAsync();
    }

    [Theory]
    [InlineData("Blocked")]
    [InlineData("NotBlocked", "NotBlocked")]
    [InlineData("QualityUnknown", "QualityUnknown")]
    [InlineData("NotBlocked", "QualityUnknown", "NotBlocked")]
    public async Task A_word_is_sent_on_the_hash_with_its_own_key(string value, params string[] reasons)
    {
        await PutAsync(await MatchAsync(1), reasons);
        await _host.SendAsync();

        var (keys, document) = Assert.Single(_registry.Feedback);
        Assert.Equal("feedback b", keys);
        using var json = JsonDocument.Parse(document);
        var word = Assert.Single(json.RootElement.GetProperty("hashFeedbacks").EnumerateArray());
        Assert.Equal(1, json.RootElement.GetProperty("count").GetInt32());
        Assert.Equal((SyncHost.Hex(HashKind.Pdq, 1), value, 0), (word.GetProperty("hashValue").GetString(), word.GetProperty("feedbackValue").GetString(), word.GetProperty("tags").GetArrayLength()));
        Assert.Empty(await _host.WaitingAsync());
    }

    [Fact]
    public async Task Without_its_key_the_list_takes_no_feedback()
    {
        Assert.True(_host.Feedback.Supports("test", HashKind.Pdq) && _host.Feedback.Supports("test", HashKind.Md5));
        Assert.False(_host.Feedback.Supports("test", HashKind.Sha1));
        Assert.Equal(["NotBlocked", "QualityUnknown"], (await _host.Feedback.GetReasonsAsync("test", HashKind.Pdq, TestContext.Current.CancellationToken)).Select(reason => reason.Id));
        using var host = Host("");
        Assert.False(host.Feedback.Supports("test", HashKind.Pdq));
    }

    [Fact]
    public async Task An_entry_that_left_the_list_and_a_reason_that_it_does_not_know_are_given_up()
    {
        var match = await MatchAsync(1);
        await PutAsync(match, "Other");
        await _host.SendAsync();
        _registry.Put(new FakeHash("ImagePDQ", SyncHost.Hex(HashKind.Pdq, 1), "Withdrawn", _time.GetUtcNow()));
        await _host.Get<IListManager>().RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
        await PutAsync(match);
        await _host.SendAsync();

        Assert.Empty(_registry.Feedback);
        Assert.Equal(2, _host.Logs.GetSnapshot().Count(record => record.Id.Id == 121));
    }

    [Theory]
    [InlineData(401, true, 1)]
    [InlineData(503, true, 1)]
    [InlineData(404, true, 0)]
    [InlineData(404, false, 1)]
    public async Task A_refusal_is_believed_of_a_registry_that_gives_pages_alone(int status, bool givesPages, int waiting)
    {
        await PutAsync(await MatchAsync(1));
        _registry.Fault = When(
            context => !givesPages || context.Request.Path.Value!.EndsWith("SubmitFeedback", StringComparison.Ordinal), context => Status(context, status));
        await _host.SendAsync();

        Assert.Equal(waiting, (await _host.WaitingAsync()).Count);
    }

    private async Task<Match> MatchAsync(int number)
    {
        await foreach (var entry in _store.ReadEntriesAsync("test"))
        {
            if (entry.Hashes[0].ToHexString() == SyncHost.Hex(HashKind.Pdq, number)) return new Match { List = "test", Member = entry.Key.Member, Entry = entry.Key.Id, Kind = HashKind.Pdq };
        }
        throw new InvalidOperationException("There is no such entry.");
    }

    private Task PutAsync(Match match, params string[] reasons) =>
        reasons.Length == 0 ? _host.Feedback.AffirmAsync(match) : _host.Feedback.DisputeAsync(match, reasons);

    private FeedbackHost Host(string key) => new(
        builder => builder.AddStopNcii("test", options => (options.Root, options.FunctionKey, options.SubscriptionKey, options.FeedbackKey) = (_registry.Root, "a", "b", key)),
        _time, _store);
}
