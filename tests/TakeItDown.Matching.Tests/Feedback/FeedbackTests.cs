using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Registries.Ncmec;
using static TakeItDown.Matching.Tests.Feedback.FeedbackHost;

namespace TakeItDown.Matching.Tests.Feedback;

/// <summary>What a reviewer may say, and in which words it reaches the registry.</summary>
public sealed class FeedbackTests : IAsyncLifetime
{
    private static readonly XNamespace Ns = FakeRegistry.Namespace;

    private FakeRegistry _registry = null!;
    private FeedbackHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync(new SwiftTime());
        _host = new FeedbackHost(_registry);
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _registry.DisposeAsync();
    }

    [Theory]
    [InlineData(HashKind.Md5, "MD5")]
    [InlineData(HashKind.Sha1, "SHA1")]
    [InlineData(HashKind.Pdq, "PDQ")]
    public async Task An_affirmation_and_a_dispute_are_put_in_the_protocols_words(HashKind kind, string key)
    {
        await _host.Feedback.AffirmAsync(Match("one", kind));
        await _host.Feedback.DisputeAsync(Match("a/../ü?#", kind), ["b", "a-1", "b"]);
        Assert.Empty(_registry.Feedback);
        await _host.SendAsync();

        Assert.Equal([$"/npo/v2/entries/42/one/{key}/feedback", $"/npo/v2/entries/42/a%2F..%2F%C3%BC%3F%23/{key}/feedback"], _registry.Feedback.Select(put => put.Path));
        Assert.Equal("platform:correct horse", _registry.LastCredentials);
        var documents = _registry.Feedback.Select(put => XElement.Parse(put.Document)).ToList();
        Assert.All(documents, document => Assert.Equal(Ns + "feedbackSubmission", document.Name));
        Assert.True(documents[0].Elements().Single() is { IsEmpty: true } affirmative && affirmative.Name == Ns + "affirmative");
        Assert.Equal(["a-1", "b"], documents[1].Elements(Ns + "negative").Elements(Ns + "reasonIds").Elements(Ns + "guid").Select(guid => guid.Value));
        Assert.Empty(await _host.WaitingAsync());
    }

    [Fact]
    public async Task The_same_word_is_sent_once_and_another_one_replaces_it()
    {
        for (var i = 0; i < 2; i++)
        {
            await _host.Feedback.DisputeAsync(Match(), ["a", "b"]);
            await _host.Feedback.DisputeAsync(Match(), ["b", "a"]);
            await _host.SendAsync();
            Assert.Single(_registry.Feedback);
        }
        await _host.Feedback.AffirmAsync(Match());
        await _host.Feedback.DisputeAsync(Match(), ["b"]);
        await _host.Feedback.AffirmAsync(Match(kind: HashKind.Pdq));
        await _host.SendAsync();

        var (md5, pdq) = (_registry.Feedback.Skip(1).Single(put => put.Path.Contains("MD5", StringComparison.Ordinal)), _registry.Feedback.Single(put => put.Path.Contains("PDQ", StringComparison.Ordinal)));
        Assert.Contains("<reasonIds><guid>b</guid></reasonIds>", md5.Document, StringComparison.Ordinal);
        Assert.Contains("<affirmative", pdq.Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_is_remembered_for_90_days()
    {
        foreach (var (days, sent) in new[] { (0, 1), (89, 1), (3, 2) })
        {
            _host.Time.Advance(TimeSpan.FromDays(days));
            await _host.SendAsync();
            await _host.Feedback.AffirmAsync(Match());
            await _host.SendAsync();
            Assert.Equal(sent, _registry.Feedback.Count);
        }
    }

    [Fact]
    public async Task A_word_that_comes_while_an_earlier_one_is_under_way_is_sent_after_it()
    {
        var puts = 0;
        _registry.Fault = async context =>
        {
            // While the registry reads the first word, the reviewer thinks again.
            if (puts++ == 0) await _host.Feedback.DisputeAsync(Match(), ["a"]);
            return false;
        };
        await _host.Feedback.AffirmAsync(Match());
        await _host.SendAsync();

        Assert.Equal([true, false], _registry.Feedback.Select(put => put.Document.Contains("affirmative", StringComparison.Ordinal)));
        Assert.Empty(await _host.WaitingAsync());
    }

    [Theory]
    [InlineData("text/plain", "OK", true)]
    [InlineData("application/json", "{}", true)]
    [InlineData("application/octet-stream", "<", true)]
    [InlineData(null, "thanks", true)]
    [InlineData("text/html", "<html>log in</html>", false)]
    [InlineData("application/xhtml+xml", "<html>log in</html>", false)]
    public async Task A_word_is_taken_whatever_is_said_to_it_but_a_page_for_people(string? type, string answer, bool isTaken)
    {
        _registry.Fault = TakeItDown.Matching.Tests.Registries.Answers.When(
            context => context.Request.Method == "PUT", context => TakeItDown.Matching.Tests.Registries.Answers.Write(context, type, answer));
        await _host.Feedback.AffirmAsync(Match());
        await _host.SendAsync();

        Assert.Equal(isTaken ? 0 : 1, (await _host.WaitingAsync()).Count);
    }

    [Fact]
    public async Task An_id_with_a_slash_in_it_reaches_the_registry_as_one()
    {
        await _host.Feedback.AffirmAsync(Match("a/b c?#%2F"));
        await _host.SendAsync();

        Assert.Single(_registry.Feedback);
        Assert.Contains("/a%2Fb%20c%3F%23%252F/MD5/", Assert.Single(_registry.RawTargets, target => target.Contains("/entries/", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_a_registry_takes_feedback_on_is_supported()
    {
        using var host = new FeedbackHost(builder => builder.AddStopNcii("adults", options => (options.Root, options.FunctionKey, options.SubscriptionKey) = (_registry.Root, "x", "y")));

        Assert.Equal([true, true, false, true, false], new[] { HashKind.Md5, HashKind.Sha1, HashKind.Sha256, HashKind.Pdq, HashKind.None }.Select(kind => _host.Feedback.Supports("test", kind)));
        Assert.False(_host.Feedback.Supports("other", HashKind.Md5));
        Assert.False(host.Feedback.Supports("adults", HashKind.Md5));
        Assert.Contains("'adults'", Assert.Throws<NotSupportedException>(() => { _ = host.Feedback.AffirmAsync(Match(list: "adults")); }).Message, StringComparison.Ordinal);
        Assert.Contains("sha256", Assert.Throws<NotSupportedException>(() => { _ = _host.Feedback.AffirmAsync(Match(kind: HashKind.Sha256)); }).Message, StringComparison.Ordinal);
        Assert.Contains("'other'", Assert.Throws<ArgumentException>(() => { _ = _host.Feedback.DisputeAsync(Match(list: "other"), ["a"]); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_cannot_be_is_refused_at_once()
    {
        var tooMany = Enumerable.Range(0, 65).Select(number => $"{number}");
        IEnumerable<string>[] wrong = [[], [""], [null!], ["a b"], ["a\n"], [new string('a', 65)], ["ä"], tooMany];
        foreach (var reasons in wrong) await Assert.ThrowsAsync<ArgumentException>(() => _host.Feedback.DisputeAsync(Match(), reasons));
        foreach (var entry in (string[])["", " ", new string('a', 257)])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => _host.Feedback.AffirmAsync(Match(entry)));
            await Assert.ThrowsAsync<ArgumentException>(() => _host.Feedback.AffirmAsync(Match(member: entry)));
        }
        Assert.Empty(await _host.WaitingAsync());
        await _host.Feedback.DisputeAsync(Match(), tooMany.Skip(1).Concat(tooMany.Skip(1)));
        Assert.Single(await _host.WaitingAsync());
    }

    [Fact]
    public async Task A_store_without_an_outbox_takes_no_feedback()
    {
        using var host = new FeedbackHost(_registry, store: new ListsOnlyStore());

        Assert.False(host.Feedback.Supports("test", HashKind.Md5));
        await Assert.ThrowsAsync<NotSupportedException>(() => host.Feedback.AffirmAsync(Match()));
    }

    [Fact]
    public async Task An_outbox_beside_a_store_of_ones_own_keeps_feedback()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("takeitdown-outbox-").FullName, "store.db");
        using (var outbox = new SqliteListStore(path))
        using (var host = new FeedbackHost(_registry, store: new ListsOnlyStore(), outbox: outbox))
        {
            Assert.True(host.Feedback.Supports("test", HashKind.Md5));
            await host.Feedback.AffirmAsync(Match());
            Assert.Equal(1, await ((IFeedbackOutbox)outbox).CountAsync("test"));
        }
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void A_store_that_is_an_outbox_and_is_not_registered_as_one_stops_the_host()
    {
        using var store = new SqliteListStore("never opened.db");
        using var host = new FeedbackHost(builder => builder.Services.AddSingleton<IListStore>(store));

        var error = Assert.Throws<InvalidOperationException>(() => host.Feedback);

        Assert.Contains("IFeedbackOutbox", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SqliteListStore), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feedback_on_a_list_that_is_gone_stays_for_its_return()
    {
        await _host.Feedback.AffirmAsync(Match());
        using (var other = new FeedbackHost(builder => builder.AddNcmecRegistry("other", options =>
        {
            (options.Root, options.UserName, options.Password) = (_registry.Root, "x", "y");
            options.Members.Add("*");
        }).Services.AddSingleton(_host.Outbox)))
        {
            await other.SendAsync();
            await Assert.ThrowsAsync<ArgumentException>(() => other.Feedback.AffirmAsync(Match()));
        }
        Assert.Empty(_registry.Feedback);
        Assert.Single(await _host.WaitingAsync());
    }

    [Fact]
    public async Task A_word_on_a_result_is_kept_for_each_match_that_takes_one_and_says_what_became_of_the_others()
    {
        using var host = new FeedbackHost(builder => builder
            .AddNcmecRegistry("test", options =>
            {
                (options.Root, options.UserName, options.Password) = (_registry.Root, "platform", "correct horse");
                options.Members.Add("*");
            })
            .Services.AddSingleton<IListSource>(new Scanning.FixedList("silent")));
        var result = new ScanResult
        {
            Verdict = Verdict.Match,
            Matches = [Match("a", HashKind.Md5), Match("a", HashKind.Sha1), Match("a", HashKind.Sha256), Match("a", HashKind.Pdq), Match("b", list: "silent"), Match("c", list: "gone")],
            Quarantined = [Match("d", HashKind.Pdq)],
        };

        var receipts = await host.Feedback.AffirmAsync(result);

        Assert.Equal(
            [
                ("test", "a", HashKind.Md5, FeedbackOutcome.Kept),
                ("test", "a", HashKind.Sha1, FeedbackOutcome.Kept),
                ("test", "a", HashKind.Sha256, FeedbackOutcome.NotSupported),
                ("test", "a", HashKind.Pdq, FeedbackOutcome.Kept),
                ("silent", "b", HashKind.Md5, FeedbackOutcome.NotSupported),
                ("gone", "c", HashKind.Md5, FeedbackOutcome.NotRegistered),
                ("test", "d", HashKind.Pdq, FeedbackOutcome.Kept),
            ],
            receipts.Select(receipt => (receipt.List, receipt.Entry.Id, receipt.Kind, receipt.Outcome)));
        Assert.All(receipts, receipt => Assert.Equal($"FeedbackReceipt({receipt.List}, {receipt.Kind}, {receipt.Outcome})", receipt.ToString()));
        await host.SendAsync();
        Assert.Equal(4, _registry.Feedback.Count);

        Assert.Empty(await host.Feedback.DisputeAsync(new ScanResult { Verdict = Verdict.NoMatch }, ["a"]));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Feedback.DisputeAsync(result, ["no id"]));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Feedback.DisputeAsync(result, []));
        Assert.Empty(await host.WaitingAsync());
    }

    [Fact]
    public async Task Each_registry_hears_those_of_the_reasons_that_it_is_known_to_have()
    {
        var result = new ScanResult { Verdict = Verdict.Match, Matches = [Match("a", HashKind.Md5), Match("a", HashKind.Pdq)] };
        var known = await _host.Feedback.GetReasonsAsync("test", HashKind.Md5);
        var reason = known[0].Id;

        // Of PDQ the reasons are not known here: the registry is to judge.
        var receipts = await _host.Feedback.DisputeAsync(result, [reason, "another-registrys"]);
        Assert.All(receipts, receipt => Assert.Equal(FeedbackOutcome.Kept, receipt.Outcome));
        await _host.SendAsync();
        var documents = _registry.Feedback.ToDictionary(put => put.Path.Contains("MD5", StringComparison.Ordinal) ? HashKind.Md5 : HashKind.Pdq, put => put.Document);
        Assert.DoesNotContain("another-registrys", documents[HashKind.Md5], StringComparison.Ordinal);
        Assert.Contains(reason, documents[HashKind.Md5], StringComparison.Ordinal);
        Assert.Contains("another-registrys", documents[HashKind.Pdq], StringComparison.Ordinal);

        receipts = await _host.Feedback.DisputeAsync(result, ["another-registrys"]);
        Assert.Equal([FeedbackOutcome.UnknownReason, FeedbackOutcome.Kept], receipts.Select(receipt => receipt.Outcome));
    }

    private sealed class ListsOnlyStore : IListStore
    {
        public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default) => new([]);

        public ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default) => new((StoredList?)null);

        public ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default) => new(0);

        public IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<ListEntry>();
    }
}
