using System.Text;
using Microsoft.Data.Sqlite;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Registries.Ncmec;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Registries.Ncmec;

/// <summary>What a registry says of an entry: kept, named, and shown.</summary>
public sealed class NotesTests
{
    private const string Id = "01234589-abcd-0123-4567-012345678910";

    private const string Feedback = """
        <feedback lastUpdateTimestamp="2026-01-01T00:00:00Z">
          <affirmativeFeedback type="Md5" lastUpdateTimestamp="2026-01-01T00:00:00Z"><members timestamp="x"><member id="1">A</member><member id="2">B</member></members></affirmativeFeedback>
          <negativeFeedback type="Pdq"><reasons>
            <reason guid="a" name="Too plain" type="Pdq"/><members><member id="3">C</member></members>
            <reason guid="b" name="Another picture" type="Pdq"/><members><member id="3">C</member><member id="4">D</member><member id="5">E</member></members>
          </reasons></negativeFeedback>
          <negativeFeedback type="Pdna"><reasons><reason guid="c"/></reasons></negativeFeedback>
          <neutralFeedback type="Md5"/>
        </feedback>
        """;

    [Fact]
    public void Categories_and_feedback_are_read()
    {
        var entry = Assert.Single(Parse(Entry($"<categorizations><categorization guid=\"{Id}\" name=\"Known Minor\"/><categorization name=\"Viral\"/><categorization name=\"Viral\"/></categorizations>{Feedback}")).Upserts);

        Assert.Equal(["Known Minor", "Viral"], entry.Categories);
        Assert.Equal(
            [
                new MemberFeedback(HashKind.Md5, false, null, 2), new MemberFeedback(HashKind.Pdq, true, "Too plain", 1),
                new MemberFeedback(HashKind.Pdq, true, "Another picture", 3), new MemberFeedback(HashKind.None, true, "c", 1),
            ],
            entry.Feedback);
    }

    [Theory]
    [InlineData("<categorizations/><feedback/>")]
    [InlineData("<categorizations><categorization/><other/></categorizations><feedback><x/></feedback>")]
    [InlineData("<categorizations><categorization name=\" \"/></categorizations>")]
    [InlineData("<feedback><negativeFeedback><reasons><members><member id=\"1\"/></members></reasons></negativeFeedback></feedback>")]
    public void What_says_nothing_costs_no_entry(string notes)
    {
        var page = Parse(Entry(notes));
        Assert.Equal((1, 0), (page.Upserts.Count, page.Rejected));
        Assert.Empty(page.Upserts[0].Categories);
        Assert.Empty(page.Upserts[0].Feedback);
    }

    [Fact]
    public void A_registry_that_says_too_much_is_cut_short()
    {
        var many = string.Concat(Enumerable.Range(0, 1000).Select(i => $"<categorization name=\"{i}\"/>"));
        var disputes = string.Concat(Enumerable.Range(0, 1000).Select(i => $"<reason name=\"{i}\"/>"));
        var entry = Parse(Entry($"<categorizations>{many}<categorization name=\"{new string('x', 300)}\"/></categorizations>"
            + $"<feedback><negativeFeedback type=\"Md5\"><reasons>{disputes}</reasons></negativeFeedback></feedback>")).Upserts[0];
        Assert.Equal((64, 64), (entry.Categories.Count, entry.Feedback.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ids_get_their_names_and_stay_where_the_registry_does_not_tell(bool tells)
    {
        var time = new SwiftTime();
        await using var registry = await FakeRegistry.StartAsync(time);
        registry.Fault = When(
            context => !context.Request.Path.Value!.EndsWith("/categorizations", StringComparison.Ordinal),
            context => FakeRegistry.WriteAsync(context, FakeRegistry.Document($"<images>{Entry($"<categorizationIds><guid>{Id}</guid></categorizationIds>")}</images>")));
        if (tells)
        {
            var pages = registry.Fault;
            registry.Fault = async context => await pages(context) || await When(_ => true, answer => FakeRegistry.WriteAsync(
                answer, $"<availableCategorizations xmlns=\"{FakeRegistry.Namespace}\"><group name=\"Context\"><categorization guid=\"{Id.ToUpperInvariant()}\" name=\"Known Minor\"/></group></availableCategorizations>"))(context);
        }
        using var host = new SyncHost(time, registry);

        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal([tells ? "Known Minor" : Id], host.Catalog.Current[0].Index.GetEntry(0).Notes!.Categories);
        Assert.Single(registry.Requests, request => request.EndsWith("/categorizations", StringComparison.Ordinal));
    }

    [Fact]
    public void An_index_holds_equal_notes_once_and_none_for_entries_without()
    {
        var builder = new HashIndexBuilder();
        for (var i = 0; i < 1000; i++)
        {
            builder.Add(new ListEntry
            {
                Key = new EntryKey("42", $"{i}"),
                Media = MediaKind.Image,
                Hashes = [],
                Categories = i % 2 == 0 ? ["Viral"] : [],
                Feedback = i % 4 == 0 ? [new MemberFeedback(HashKind.Md5, true, "x", 1)] : [],
            });
        }
        var index = builder.Build();
        Assert.Equal([null, null], new[] { index.GetEntry(1).Notes, index.GetEntry(999).Notes });
        Assert.Same(index.GetEntry(0).Notes, index.GetEntry(996).Notes);
        Assert.NotSame(index.GetEntry(0).Notes, index.GetEntry(2).Notes);
        // Twelve bytes an entry, as before.
        Assert.InRange(index.Bytes - HashIndex.Empty.Bytes, 12_000, 13_000);
    }

    [Fact]
    public async Task A_store_of_the_version_before_keeps_what_it_holds_and_gets_notes_when_entries_are_seen()
    {
        var folder = Directory.CreateTempSubdirectory("takeitdown-notes-");
        var path = Path.Combine(folder.FullName, "lists.db");
        ListPage Page(bool startsOver, params string[] categories) => new()
        {
            Upserts = [.. Enumerable.Range(0, 10).Select(i => new ListEntry
            {
                Key = new EntryKey("42", $"{i}"),
                Media = MediaKind.Image,
                Hashes = [HashValue.FromBytes(HashKind.Md5, Enumerable.Repeat((byte)i, 16).ToArray())],
                Categories = categories,
            })],
            StartsOver = startsOver,
            Cursor = "c",
        };
        try
        {
            // Without notes the rows of version 5 are those of version 4.
            File.Copy(TestData.Fixture("stores/version-5.db"), path);
            using (var file = new SqliteConnection($"Data Source={path};Pooling=False"))
            {
                file.Open();
                using var command = file.CreateCommand();
                command.CommandText = "PRAGMA user_version";
                Assert.Equal(5L, command.ExecuteScalar());
                command.CommandText = "PRAGMA user_version = 4";
                command.ExecuteNonQuery();
            }
            using (var store = new SqliteListStore(path))
            {
                Assert.Equal(("cursor", 10L), ((await store.FindAsync("another", TestContext.Current.CancellationToken))!.Cursor, (await store.FindAsync("another", TestContext.Current.CancellationToken))!.Entries));
                Assert.False((await store.ApplyAsync("another", Page(startsOver: false), TestContext.Current.CancellationToken)).Any);
                Assert.Equal(10, (await store.ApplyAsync("another", Page(startsOver: false, "Viral"), TestContext.Current.CancellationToken)).Upserts);
            }
            using (var store = new SqliteListStore(path))
            {
                var entries = 0;
                await foreach (var entry in store.ReadEntriesAsync("another", TestContext.Current.CancellationToken))
                {
                    Assert.Equal(["Viral"], entry.Categories);
                    entries++;
                }
                Assert.Equal(10, entries);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Entry(string notes) =>
        $"<image><member id=\"42\">M</member><timestamp>2026-01-01T00:00:00Z</timestamp><id>a</id><fingerprints><md5>{SyncHost.Hex(HashKind.Md5, 1)}</md5></fingerprints>{notes}</image>";

    private static NcmecPage Parse(string content) =>
        NcmecPageParser.Parse(Encoding.UTF8.GetBytes(FakeRegistry.Document($"<images>{content}</images>")), new NcmecFilter(new NcmecRegistryOptions { Root = new Uri("https://a.example"), Members = { "*" } }));
}
