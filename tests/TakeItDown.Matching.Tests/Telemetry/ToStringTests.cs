using System.Reflection;
using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Tests.Telemetry;

/// <summary>Some registries name an entry by its hash, so that no name of an entry may stand in a text that is logged by accident.</summary>
public sealed class ToStringTests
{
    private const string Member = "member-that-must-not-show", Entry = "entry-that-must-not-show";

    private static readonly EntryKey Key = new(Member, Entry);

    private static readonly EntryFeedback Feedback = new() { List = "npo", Entry = Key, Kind = HashKind.Md5 };

    private static readonly object[] Named =
    [
        Key, Feedback,
        new Match { List = "npo", Entry = Entry, Member = Member, Kind = HashKind.Md5 },
        new ListEntry { Key = Key, Media = MediaKind.Image, Hashes = [] },
        new ListRemoval(Key), new StoreRemoval(Key), EntryChange.Upserted(1, new ListEntry { Key = Key, Media = MediaKind.Image, Hashes = [] }), new EntryFlood(Key, 3, IsQuarantined: true), new QueuedFeedback(1, Feedback),
        new FeedbackReceipt { List = "npo", Entry = Key, Kind = HashKind.Md5, Outcome = FeedbackOutcome.Kept },
        new IndexedEntry(Key, "A1", MediaKind.Image, 0),
        new ScanResult
        {
            Verdict = Verdict.Match,
            Matches = [new Match { List = "npo", Entry = Entry, Member = Member, Kind = HashKind.Md5 }],
        },
    ];

    [Fact]
    public void No_text_names_an_entry()
    {
        foreach (var value in Named)
        {
            Assert.DoesNotContain(Entry, value.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Member, value.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_type_that_names_an_entry_is_among_them()
    {
        Type[] asked = [.. Named.Select(value => value.GetType())];
        var types = new[] { typeof(Match).Assembly, typeof(MatchingOptions).Assembly }.SelectMany(assembly => assembly.GetTypes())
            // A record prints all it holds unless it says otherwise; a class prints its name.
            .Where(type => !type.IsAbstract && !type.IsNested && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null)
            .Where(type => type.GetProperties().Any(property => property.PropertyType == typeof(EntryKey) || property.PropertyType == typeof(EntryFeedback) || property.PropertyType == typeof(ListEntry)));

        Assert.Empty(types.Except(asked).Select(type => type.FullName));
    }
}
