using System.Text;
using Microsoft.Data.Sqlite;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Sqlite;
using TakeItDown.Matching.Storage;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>A real process is killed while it writes: what is found afterwards is what some page left behind, to the last entry.</summary>
public sealed class SqliteKillTests : IDisposable
{
    private const string PathVariable = "TAKEITDOWN_TEST_KILLED_STORE";
    private const int PageSize = 200;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_process_leaves_an_earlier_complete_state()
    {
        var path = _folder.File("store.db");
        var random = new Random(7);
        var model = new InMemoryListStore();
        var (reached, applied) = (0, 0);
        var follower = new Follower();
        for (var round = 0; round < 8; round++)
        {
            using (var writer = KilledProcess.Start(typeof(SqliteKillTests), nameof(Writer), (PathVariable, path)))
            {
                using (var watcher = new SqliteListStore(path))
                {
                    var enough = reached + random.Next(1, 30);
                    while (await PagesAsync(watcher) < enough)
                    {
                        Assert.False(writer.HasExited, "the writer ended by itself");
                        await Task.Delay(random.Next(1, 5));
                    }
                }
                writer.Kill();
                await writer.WaitForExitAsync();
            }
            using var store = new SqliteListStore(path);
            reached = await PagesAsync(store);
            while (applied < reached) await model.ApplyAsync("list", Page(applied), Unseen(applied++));
            Assert.Equal(await AnyList.ContentAsync(model, "list"), await AnyList.ContentAsync(store, "list"));
            Assert.Equal(await model.StateAsync("list"), await store.StateAsync("list"));
            // Nor is anything missing from the news, or told of what was taken back.
            if (round == 0) await follower.ReadAllAsync(store, "list");
            Assert.True(await follower.FollowAsync(store, "list", limit: 333));
            Assert.Equal(await AnyList.ContentAsync(store, "list"), follower.Content);
        }
        Assert.True(follower.Read > 0);
        Assert.DoesNotContain("store.db.damaged", _folder.Names);
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_carries_a_file_over_leaves_the_file_as_it_was()
    {
        var path = _folder.File("store.db");
        var entries = Enumerable.Range(0, 200).SelectMany(page => Entries(page, state: 0)).ToList();
        WriteVersion3(path, entries);
        var undone = 0;
        for (var pause = 0; Version(path) == 3; pause += 15, undone++)
        {
            File.Delete(path + "-shm");
            using var migration = KilledProcess.Start(typeof(SqliteKillTests), nameof(Migration), (PathVariable, path));
            while (!File.Exists(path + "-shm"))
            {
                Assert.False(migration.HasExited, "the migration never began");
                await Task.Delay(1);
            }
            await Task.Delay(pause);
            migration.Kill();
            await migration.WaitForExitAsync();
        }
        Assert.True(undone > 3, $"only {undone} were killed before the end");
        using var store = new SqliteListStore(path);
        Assert.Equal(entries.Select(AnyList.Describe).Order(StringComparer.Ordinal), await AnyList.ContentAsync(store, "list"));
        Assert.Equal(new StoredState("cursor", null, entries.Count, 0), await store.StateAsync("list"));
        Assert.DoesNotContain("store.db.damaged", _folder.Names);
    }

    /// <summary>Not a test: the process that is killed. It opens a file of an earlier version.</summary>
    [Fact(Explicit = true)]
    public async Task Migration()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable);
        Assert.SkipWhen(path is null, "only the test above starts the migration");
        using var store = new SqliteListStore(path!);
        await store.FindAsync("list");
    }

    private static long Version(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Puts entries into a file as version 3 of the store had it.</summary>
    private static void WriteVersion3(string path, List<ListEntry> entries)
    {
        File.Copy(TestData.Fixture("stores/version-3.db"), path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = $"DELETE FROM lists; DELETE FROM entries; INSERT INTO lists VALUES (1, 'list', 'cursor', NULL, {entries.Count}, 1, 0)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO entries VALUES (1, $member, $id, 1, $record)";
        foreach (var entry in entries)
        {
            var (member, id, hash) = (Encoding.UTF8.GetBytes(entry.Key.Member), Encoding.UTF8.GetBytes(entry.Key.Id), entry.Hashes.Single());
            byte[] content = [.. BitConverter.GetBytes(entry.Timestamp.UtcTicks), (byte)entry.Media, 0, 0, (byte)hash.Kind, .. hash.Bytes];
            byte[] record = [.. BitConverter.GetBytes(Checksum.Begin().Add((uint)member.Length).Add(member).Add(id).Add(content).Value), .. content];
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$member", entry.Key.Member);
            command.Parameters.AddWithValue("$id", entry.Key.Id);
            command.Parameters.AddWithValue("$record", record);
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    /// <summary>Not a test: the process that is killed. It stores page after page, until then.</summary>
    [Fact(Explicit = true)]
    public async Task Writer()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable);
        Assert.SkipWhen(path is null, "only the test above starts the writer");
        using var store = new SqliteListStore(path!);
        for (var page = await PagesAsync(store); page < 100_000; page++) await store.ApplyAsync("list", Page(page), Unseen(page));
    }

    private static async Task<int> PagesAsync(SqliteListStore store) =>
        await store.FindAsync("list") is { } stored ? int.Parse(stored.Cursor) : 0;

    /// <summary>
    /// Each page adds entries of its own, changes those of the page before, and withdraws some of those of the one before that. Now and then the
    /// list begins anew, and what was not brought again is dropped.
    /// </summary>
    private static ListPage Page(int page) => new()
    {
        Upserts = [.. Entries(page, state: 0), .. page > 0 ? Entries(page - 1, state: 1) : []],
        Removals = page > 1 ? [.. Entries(page - 2, state: 1).Where((_, i) => i % 2 == 0).Select((entry, i) => new ListRemoval(entry.Key, IsWithdrawn: i % 3 > 0))] : [],
        StartsOver = page % 5 == 0,
        Cursor = $"{page + 1}",
    };

    private static UnseenEntries Unseen(int page) => (page % 15) switch
    {
        4 => UnseenEntries.Dropped,
        9 or 14 => UnseenEntries.DroppedIfTwice,
        _ => UnseenEntries.Kept,
    };

    private static IEnumerable<ListEntry> Entries(int page, int state) => Enumerable.Range(0, PageSize).Select(i => new ListEntry
    {
        Key = new EntryKey("42", $"{i * 7919 % PageSize}/{page}"),
        Media = MediaKind.Image,
        Hashes = [HashValue.FromBytes(HashKind.Pdq, Enumerable.Repeat((byte)(i + page + state), 32).ToArray())],
    });
}
