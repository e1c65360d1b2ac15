using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Testing;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Sqlite;

namespace TakeItDown.Matching.Tests.Storage;

public sealed class SqliteListStoreTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_the_owner_may_read_the_file_and_its_companions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are of Unix");
        await File.WriteAllBytesAsync(Path, []);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        using var store = new SqliteListStore(Path);
        await store.ApplyAsync("list", Page(0, 10));

        Assert.Equal(["store.db", "store.db-shm", "store.db-wal", "store.db.lock"], _folder.Names);
        Assert.All(_folder.Names, name => Assert.Equal(OwnerOnly, ModeOf(name)));
    }

    [Fact]
    public async Task A_new_file_is_never_open_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are of Unix");
        var path = System.IO.Path.Combine(_folder.File("new"), "folder", "store.db");
        using var store = new SqliteListStore(path);

        Assert.Null(await store.FindAsync("list"));

        Assert.Equal(OwnerOnly, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task A_file_that_a_backup_reads_at_the_start_is_used_all_the_same()
    {
        using (var first = new SqliteListStore(Path)) await first.ApplyAsync("list", Page(0, 10));
        var logger = new FakeLogger<SqliteListStore>();
        using (File.Open(Path, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            using var second = new SqliteListStore(Path, logger);
            Assert.Equal(10, (await second.FindAsync("list"))!.Entries);
        }
        Assert.Equal(160, logger.LatestRecord.Id.Id);
        Assert.DoesNotContain(_folder.Names, name => name.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_from_the_middle_is_no_beginning()
    {
        using var store = new SqliteListStore(Path);

        await Assert.ThrowsAsync<ListConflictException>(async () => await store.ApplyAsync("list", new StoreChange { Expected = 7, Generation = 1, Cursor = "7" }));

        Assert.Null(await store.FindAsync("list"));
    }

    [Fact]
    public async Task Names_that_are_alike_when_strung_together_are_of_different_entries()
    {
        using var store = new SqliteListStore(Path);
        EntryKey[] keys = [new("4", "21"), new("42", "1"), new("421", ""), new("", "421")];
        foreach (var list in (string[])["list", "another"])
        {
            var page = new ListPage { Upserts = [.. keys.Select(key => new ListEntry { Key = key, Media = MediaKind.Image, Hashes = [Hash(1)] })], StartsOver = true, Cursor = "1" };
            Assert.Equal(new ListChanges(4, 0), await store.ApplyAsync(list, page));
        }

        await store.ApplyAsync("list", new ListPage { Removals = [new(keys[1])], Cursor = "2" });

        var left = await store.ReadEntriesAsync("list").ToListAsync();
        Assert.Equal([keys[3], keys[0], keys[2]], left.Select(entry => entry.Key).OrderBy(key => key.Member, StringComparer.Ordinal));
        Assert.Equal(4, (await store.FindAsync("another"))!.Entries);
    }

    [Fact]
    public async Task A_reader_sees_one_instant_while_pages_go_on_being_stored()
    {
        using var store = new SqliteListStore(Path);
        await store.ApplyAsync("list", Page(0, 100));
        var read = 0;
        await foreach (var entry in store.ReadEntriesAsync("list"))
        {
            if (read++ == 10) await store.ApplyAsync("list", Page(50, 500));
            Assert.InRange(int.Parse(entry.Key.Id), 0, 99);
        }
        Assert.Equal(100, read);
        Assert.Equal(550, (await store.FindAsync("list"))!.Entries);
    }

    [Theory]
    [InlineData("no database")]
    [InlineData("cut short")]
    [InlineData("a page of zeros")]
    [InlineData("flipped bits")]
    [InlineData("an entry lost")]
    [InlineData("a key in its row")]
    [InlineData("a key in the index")]
    [InlineData("a cursor")]
    [InlineData("a generation")]
    [InlineData("a version that cannot be")]
    [InlineData("another name of a column")]
    public async Task A_damaged_file_is_set_aside_and_never_half_used(string damage)
    {
        StoredList before;
        using (var store = new SqliteListStore(Path))
        {
            await store.ApplyAsync("list", Page(0, 2000));
            before = (await store.FindAsync("list"))!;
        }
        Damage(damage);
        using var damaged = new SqliteListStore(Path);

        if (await damaged.FindAsync("list") is not null)
            await Assert.ThrowsAsync<ListStoreException>(() => AnyList.ContentAsync(damaged, "list"));

        Assert.Null(await damaged.FindAsync("list"));
        Assert.Empty(await AnyList.ContentAsync(damaged, "list"));
        Assert.Contains("store.db.damaged", _folder.Names);
        if (!OperatingSystem.IsWindows()) Assert.All(_folder.Names, name => Assert.Equal(OwnerOnly, ModeOf(name)));
        // A page that goes on from what was lost is refused, and a new beginning is taken.
        await Assert.ThrowsAsync<ListConflictException>(async () => await damaged.ApplyAsync("list", new StoreChange { Expected = before.Position, Generation = 1, Cursor = "7" }));
        await damaged.ApplyAsync("list", Page(0, 3));
        Assert.Equal(3, (await AnyList.ContentAsync(damaged, "list")).Count);
    }

    [Theory]
    [InlineData("no database", false)]
    [InlineData("a page of zeros", true)]
    [InlineData("flipped bits", true)]
    [InlineData("an entry lost", true)]
    public async Task Feedback_is_carried_over_from_a_damaged_file_if_it_can_be_read(string damage, bool isReadable)
    {
        using (var store = new SqliteListStore(Path))
        {
            IFeedbackOutbox outbox = store;
            await store.ApplyAsync("list", Page(0, 2000));
            foreach (var id in (string[])["sent", "one", "two"]) await outbox.PutAsync(Word(id));
            await outbox.MarkSentAsync(Word("sent"), DateTimeOffset.UnixEpoch);
        }
        Damage(damage);
        var logs = new FakeLogger<SqliteListStore>();
        using var damaged = new SqliteListStore(Path, logs);
        if (await damaged.FindAsync("list") is not null) await Assert.ThrowsAsync<ListStoreException>(() => AnyList.ContentAsync(damaged, "list"));
        Assert.Null(await damaged.FindAsync("list"));

        Assert.Equal([150, isReadable ? 151 : 152], logs.Collector.GetSnapshot().Select(record => record.Id.Id));
        Assert.Equal(isReadable ? 2 : 0, await ((IFeedbackOutbox)damaged).CountAsync("list"));
        // What was sent is still known to be.
        await ((IFeedbackOutbox)damaged).PutAsync(Word("sent"));
        Assert.Equal(isReadable ? 2 : 1, await ((IFeedbackOutbox)damaged).CountAsync("list"));
    }

    [Fact]
    public async Task Feedback_is_carried_over_after_a_crash_that_came_before_it_was()
    {
        using (var store = new SqliteListStore(Path)) await ((IFeedbackOutbox)store).PutAsync(Word("one"));
        File.Move(Path, Path + ".damaged.new");

        for (var i = 0; i < 2; i++)
        {
            using var store = new SqliteListStore(Path);
            Assert.Equal(1, await ((IFeedbackOutbox)store).CountAsync("list"));
        }
        // Of a file that was taken over nothing is taken again, whatever becomes of the new one.
        Assert.Equal(["store.db", "store.db.damaged", "store.db.lock"], _folder.Names);
        File.Delete(Path);
        using var empty = new SqliteListStore(Path);
        Assert.Equal(0, await ((IFeedbackOutbox)empty).CountAsync("list"));
    }

    [Fact]
    public async Task Of_two_that_use_a_damaged_file_one_sets_it_aside_once_neither_has_it_open()
    {
        using (var store = new SqliteListStore(Path))
        {
            await store.ApplyAsync("list", Page(0, 2000));
            await ((IFeedbackOutbox)store).PutAsync(Word("one"));
        }
        Damage("flipped bits");
        using var first = new SqliteListStore(Path);
        using var second = new SqliteListStore(Path);
        var before = (await first.FindAsync("list"))!;
        Assert.NotNull(await second.FindAsync("list"));

        var error = await Assert.ThrowsAsync<ListStoreException>(() => AnyList.ContentAsync(first, "list"));
        Assert.Contains("another process has it open", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("store.db.damaged", _folder.Names);
        error = await Assert.ThrowsAsync<ListStoreException>(() => AnyList.ContentAsync(second, "list"));
        Assert.Contains("is set aside", error.Message, StringComparison.Ordinal);

        await second.ApplyAsync("list", Page(0, 3));
        Assert.Equal(3, (await AnyList.ContentAsync(first, "list")).Count);
        Assert.Equal(1, await ((IFeedbackOutbox)first).CountAsync("list"));
        // What follows the file that was set aside does not follow the new one.
        await Assert.ThrowsAsync<ListConflictException>(async () => await first.ApplyAsync("list", new StoreChange { Expected = before.Position, Generation = 1, Cursor = "7" }));
    }

    [Fact]
    public async Task What_another_has_begun_anew_is_not_taken_for_the_damaged_file()
    {
        using (var store = new SqliteListStore(Path)) await store.ApplyAsync("list", Page(0, 2000));
        Damage("flipped bits");
        var slow = new SqliteListStore(Path);
        await using var reading = slow.ReadEntriesAsync("list").GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reading.MoveNextAsync());
        slow.Dispose();
        using (var other = new SqliteListStore(Path))
        {
            await Assert.ThrowsAsync<ListStoreException>(() => AnyList.ContentAsync(other, "list"));
            await other.ApplyAsync("list", Page(0, 3));
        }

        await Assert.ThrowsAsync<ListStoreException>(async () =>
        {
            while (await reading.MoveNextAsync()) { }
        });

        using var last = new SqliteListStore(Path);
        Assert.Equal(3, (await AnyList.ContentAsync(last, "list")).Count);
    }

    [Fact]
    public async Task A_key_that_comes_twice_in_a_change_counts_once_and_is_no_damage()
    {
        using var store = new SqliteListStore(Path);

        for (var reading = 0; reading < 2; reading++)
        {
            await store.ApplyAsync("list", new ListPage { Cursor = "1", StartsOver = true, Upserts = [Entry(1), Entry(2), Entry(1)] });
            Assert.Equal(2, (await store.FindAsync("list"))!.Entries);
        }

        Assert.Equal(2, (await AnyList.ContentAsync(store, "list")).Count);
        Assert.DoesNotContain("store.db.damaged", _folder.Names);
    }

    [Fact]
    public async Task A_database_of_something_else_is_left_alone()
    {
        Execute("CREATE TABLE bookings (id INTEGER)");
        using var store = new SqliteListStore(Path);

        var error = await Assert.ThrowsAsync<ListStoreException>(async () => await store.FindAsync("list"));

        Assert.Contains("something else", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("store.db.damaged", _folder.Names);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone()
    {
        using (var store = new SqliteListStore(Path)) await store.ApplyAsync("list", Page(0, 3));
        Execute("PRAGMA user_version = 99");
        using var newer = new SqliteListStore(Path);

        var error = await Assert.ThrowsAsync<ListStoreException>(async () => await newer.FindAsync("list"));

        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("store.db.damaged", _folder.Names);
    }

    [Fact]
    public async Task A_file_of_version_1_is_carried_over()
    {
        File.Copy(TestData.Fixture("stores/version-2.db"), Path);
        Execute("""
            ALTER TABLE lists DROP COLUMN unseen;
            ALTER TABLE lists ADD COLUMN starting_over INTEGER NOT NULL DEFAULT 1;
            UPDATE lists SET generation = 2;
            UPDATE entries SET generation = 2 WHERE id IN ('3', '4');
            PRAGMA user_version = 1;
            """);
        await IsCarriedOverAsync(unseen: 8, waiting: 0);
    }

    [Fact]
    public async Task A_file_of_version_2_is_carried_over()
    {
        File.Copy(TestData.Fixture("stores/version-2.db"), Path);
        await IsCarriedOverAsync(unseen: 0, waiting: 0);
    }

    [Fact]
    public async Task A_file_of_version_3_is_carried_over()
    {
        File.Copy(TestData.Fixture("stores/version-3.db"), Path);
        await IsCarriedOverAsync(unseen: 8, waiting: 1);
        using var store = new SqliteListStore(Path);
        Assert.Equal(new StoredState("cursor", DateTimeOffset.UnixEpoch, 10, 0), await store.StateAsync("another"));
        Assert.Equal(10, (await AnyList.ContentAsync(store, "another")).Count);
    }

    [Fact]
    public async Task A_file_of_version_5_is_carried_over()
    {
        File.Copy(TestData.Fixture("stores/version-5.db"), Path);
        using (var store = new SqliteListStore(Path)) Assert.Equal(new StoredState("cursor", DateTimeOffset.UnixEpoch, 10, 8, UnseenTwice: 7), await store.StateAsync("list"));
        await IsCarriedOverAsync(unseen: 8, waiting: 1);
        using (var store = new SqliteListStore(Path))
        {
            Assert.Equal(new StoredState("cursor", DateTimeOffset.UnixEpoch, 10, 0), await store.StateAsync("another"));
            Assert.Equal(10, (await AnyList.ContentAsync(store, "another")).Count);
        }
    }

    [Theory]
    [InlineData("UPDATE lists SET cursor = 'cursos'")]
    [InlineData("UPDATE lists SET unseen = 7")]
    [InlineData("DELETE FROM entries WHERE place % 10 = 7")]
    public async Task A_file_of_version_5_that_is_damaged_is_set_aside(string damage)
    {
        File.Copy(TestData.Fixture("stores/version-5.db"), Path);
        Execute(damage);
        using var store = new SqliteListStore(Path);

        Assert.Null(await store.FindAsync("list"));

        Assert.Contains("store.db.damaged", _folder.Names);
        Assert.Equal(1, await ((IFeedbackOutbox)store).CountAsync("list"));
    }

    /// <summary>All ten entries of the list, with what is known of it and what waits; and from then on it is a file like any other.</summary>
    private async Task IsCarriedOverAsync(long unseen, long waiting)
    {
        for (var i = 0; i < 2; i++)
        {
            using var store = new SqliteListStore(Path);
            Assert.Equal(new StoredState("cursor", DateTimeOffset.UnixEpoch, 10, unseen), await store.StateAsync("list") is { } state ? state with { UnseenTwice = 0 } : null);
            var stored = (await store.FindAsync("list"))!;
            // What was before is not known as news, and what follows is.
            Assert.Null(await store.ReadNewsAsync("list", stored.Position - 1, 100));
            Assert.Equal(stored.Position, (await store.ReadNewsAsync("list", stored.Position, 100))!.Position);
            var entries = await store.ReadEntriesAsync("list").ToListAsync();
            Assert.Equal(Enumerable.Range(0, 10).Select(number => (new EntryKey("42", $"{number}"), Hash(number))), entries.Select(entry => (entry.Key, entry.Hashes.Single())).OrderBy(entry => entry.Key.Id));
            Assert.Equal(waiting, await ((IFeedbackOutbox)store).CountAsync("list"));
        }
        using (var store = new SqliteListStore(Path))
        {
            await ((IFeedbackOutbox)store).PutAsync(new EntryFeedback { List = "list", Entry = new EntryKey("42", "9"), Kind = HashKind.Md5 });
            Assert.Equal(waiting + 1, await ((IFeedbackOutbox)store).CountAsync("list"));
            Assert.Equal(unseen, (await store.ApplyAsync("list", new ListPage { Cursor = "next" }, UnseenEntries.Dropped)).Removals);
            Assert.Equal(new ListChanges(1, 1), await store.ApplyAsync("list", new ListPage { Cursor = "next", Upserts = [Entry(11)], Removals = [new(new EntryKey("42", "3"))] }));
        }
        Assert.DoesNotContain("store.db.damaged", _folder.Names);
    }

    [Fact]
    public async Task A_full_disk_is_an_error_that_loses_nothing()
    {
        using (var store = new SqliteListStore(Path)) await store.ApplyAsync("list", Page(0, 100));
        using (var full = new SqliteListStore(Path) { PageLimit = 20 })
        {
            var before = (await full.FindAsync("list"), string.Join('\n', await AnyList.ContentAsync(full, "list")));

            var error = await Assert.ThrowsAsync<ListStoreException>(async () => await full.ApplyAsync("list", Page(0, 5000)));

            Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
            Assert.Equal(before, (await full.FindAsync("list"), string.Join('\n', await AnyList.ContentAsync(full, "list"))));
            // What still fits is still stored.
            await full.ApplyAsync("list", new ListPage { Cursor = "more", Removals = [new(new EntryKey("42", "7"))] });
        }
        using var room = new SqliteListStore(Path);
        Assert.Equal(99, (await room.FindAsync("list"))!.Entries);
        await room.ApplyAsync("list", Page(0, 5000));
        Assert.Equal(5000, (await AnyList.ContentAsync(room, "list")).Count);
        Assert.DoesNotContain("store.db.damaged", _folder.Names);
    }

    [Fact]
    public async Task A_page_that_fails_half_way_leaves_nothing_of_itself()
    {
        using var store = new SqliteListStore(Path);
        await store.ApplyAsync("list", Page(0, 100));
        var before = (await store.FindAsync("list"), string.Join('\n', await AnyList.ContentAsync(store, "list")));
        var failing = new ListEntry { Key = new EntryKey("42", "5"), Media = MediaKind.Image, Hashes = new FailingHashes() };
        var page = Page(0, 4000);

        await Assert.ThrowsAsync<ListStoreException>(async () => await store.ApplyAsync("list", new ListPage
        {
            Upserts = [.. page.Upserts.Where(entry => entry.Key.Id != "5"), failing],
            Removals = [new(new EntryKey("42", "7"))],
            StartsOver = true,
            Cursor = "another",
        }));

        Assert.Equal(before, (await store.FindAsync("list"), string.Join('\n', await AnyList.ContentAsync(store, "list"))));
        await store.ApplyAsync("list", page);
        Assert.Equal(4000, (await store.FindAsync("list"))!.Entries);
    }

    internal static ListPage Page(int first, int count) => new()
    {
        Upserts = [.. Enumerable.Range(first, count).Select(number => Entry(number))],
        StartsOver = first == 0,
        Cursor = "cursor",
        CompleteThrough = DateTimeOffset.UnixEpoch,
    };

    private static EntryFeedback Word(string id) => new() { List = "list", Entry = new EntryKey("42", id), Kind = HashKind.Md5, Reasons = ["a"] };

    private static ListEntry Entry(int number) => new() { Key = new EntryKey("42", $"{number}"), Media = MediaKind.Image, Hashes = [Hash(number)] };

    private static HashValue Hash(int number) => HashValue.FromBytes(HashKind.Md5, Enumerable.Repeat((byte)number, 16).ToArray());

    private void Damage(string damage)
    {
        if (damage == "a generation")
        {
            // By it an entry counts as seen or unseen, and so is kept or dropped.
            Execute("UPDATE entries SET generation = generation + 1 WHERE place % 2000 = 77");
            return;
        }
        if (damage == "an entry lost")
        {
            Execute("DELETE FROM entries WHERE place % 2000 = 77");
            return;
        }
        var bytes = File.ReadAllBytes(Path);
        switch (damage)
        {
            case "no database":
                Array.Fill(bytes, (byte)'x');
                break;
            case "cut short":
                bytes = bytes[..(bytes.Length / 2)];
                break;
            case "a page of zeros":
                Array.Clear(bytes, bytes.Length / 2 / 4096 * 4096, 4096);
                break;
            case "flipped bits":
                // Within the hash of an entry: SQLite itself has no way to see that.
                var at = bytes.AsSpan().IndexOf(Enumerable.Repeat((byte)100, 16).ToArray());
                bytes[at + 5] ^= 4;
                break;
            case "a key in its row" or "a key in the index":
                using (var digest = new EntryKeyDigest())
                {
                    var key = new byte[EntryKeyDigest.Length];
                    BinaryPrimitives.WriteUInt128BigEndian(key, digest.Compute(1, new EntryKey("42", "77")));
                    int[] places = [bytes.AsSpan().IndexOf(key), bytes.AsSpan().LastIndexOf(key)];
                    // In the row the entry itself stands behind its key.
                    var row = places.Single(place => bytes.AsSpan(place, 64).IndexOf("77"u8) > 0);
                    bytes[damage == "a key in its row" ? row : places.Single(place => place != row)] ^= 4;
                }
                break;
            case "a version that cannot be":
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(60), 0);
                break;
            case "another name of a column":
                bytes[bytes.AsSpan().IndexOf("complete_through"u8)] ^= 1;
                break;
            case "a cursor":
                bytes[bytes.AsSpan().IndexOf("listcursor"u8) + 5] ^= 4;
                break;
        }
        File.WriteAllBytes(Path, bytes);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private UnixFileMode ModeOf(string name) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(_folder.File(name));

    /// <summary>Stands for a disk that fails in the middle of a page.</summary>
    private sealed class FailingHashes : IReadOnlyList<HashValue>
    {
        public int Count => throw new IOException("the disk failed");

        public HashValue this[int index] => throw new IOException("the disk failed");

        public IEnumerator<HashValue> GetEnumerator() => throw new IOException("the disk failed");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
