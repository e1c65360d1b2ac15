using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TakeItDown.Matching.Sqlite;

namespace TakeItDown.Matching;

/// <summary>
/// Keeps lists, and the feedback that waits to be sent, in a SQLite file that only its owner can read. A change and its cursor are stored
/// together, so that a process killed at any point finds an earlier complete state. A file that turns out to be damaged is renamed to
/// <c>….damaged</c> and begun anew, so that the lists are read from their registries again; feedback is carried over as far as it can still be read.
/// What is removed is wiped from the file and its log, see docs/lists.md; from a file that was set aside it is not.
/// </summary>
public sealed partial class SqliteListStore : IListStore, IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private SqliteWriter? _writer;
    private FileStream? _share;
    private long? _fileId;
    private int _opened;
    private int _readers;
    private bool _disposed;

    /// <summary>Names the file. It is opened, and created if need be, when the store is first used.</summary>
    /// <param name="path">The path of the file; its folder is created if need be.</param>
    /// <param name="logger">Told of a damaged file.</param>
    public SqliteListStore(string path, ILogger<SqliteListStore>? logger = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
        _logger = logger ?? NullLogger<SqliteListStore>.Instance;
    }

    /// <summary>The most pages of the file, for tests: a disk that is full beyond them.</summary>
    internal int? PageLimit { get; init; }

    /// <summary>How many removals of each list are told as news; whoever missed more compares the whole list.</summary>
    internal int RemovalLimit { get; init; } = SqliteRemovals.DefaultLimit;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(UseRepaired(static writer => writer.Lists.Names()));
    }

    /// <inheritdoc/>
    public ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = UseRepaired(writer => writer.Lists.Find(list));
        return new(row is null ? null : new StoredList(row.Cursor, row.CompleteThrough, row.Entries, row.Position, row.Generation));
    }

    /// <inheritdoc/>
    public ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Use(writer => writer.Apply(list, change)));
    }

    /// <inheritdoc/>
    public ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(UseRepaired(writer => writer.Lists.Find(list)?.Generations.Before(generation) ?? 0));
    }

    /// <inheritdoc/>
    public ValueTask<ListNews?> ReadNewsAsync(string list, long since, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(UseRepaired(writer => writer.ReadNews(list, since, limit)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        // The writer has made the file and seen to its schema before anybody reads.
        var opened = Use(_ =>
        {
            _readers++;
            return _opened;
        });
        try
        {
            using var reader = Read(() => SqliteReader.Open(_path, list), opened);
            Func<ListEntry?> next = reader.Next;
            while (Read(next, opened) is { } entry)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }
        }
        finally
        {
            EndReading();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Close();
        }
    }

    /// <summary>Uses the writer for what may as well be asked of an empty store: a damaged file makes room for one.</summary>
    private T UseRepaired<T>(Func<SqliteWriter, T> action)
    {
        try
        {
            return Use(action);
        }
        catch (ListStoreException e) when (IsDamage(e.InnerException))
        {
            return Use(action);
        }
    }

    private T Use<T>(Func<SqliteWriter, T> action)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                if (_writer is null)
                {
                    _opened++;
                    _fileId = null;
                    WipeUnusedSpace();
                    _share = StoreFile.Share(_path);
                    _writer = SqliteWriter.Open(_path, PageLimit, RemovalLimit);
                    _fileId = _writer.FileId;
                    Tell(_writer.Rescued);
                }
                return action(_writer);
            }
            catch (Exception e) when (IsStoreFailure(e))
            {
                Close();
                if (IsDamage(e)) SetAside(_opened);
                throw Translate(e);
            }
            catch (Exception e) when (e is not (ListStoreException or ListConflictException) || _writer is not { IsIdle: true })
            {
                // Closing takes back what was begun, whatever the failure left behind; a change that is refused leaves nothing.
                Close();
                throw;
            }
        }
    }

    /// <summary>Where nobody else has the file, and there is one: while it is in use, that cannot be done.</summary>
    private void WipeUnusedSpace()
    {
        // To close the file once more would take away the locks that our readers hold on it.
        if (_readers > 0 || !File.Exists(_path)) return;
        try
        {
            using var reserved = StoreFile.Reserve(_path);
            if (reserved is null) return;
            SqliteDatabase.WipeUnusedSpace(_path);
        }
        catch (SqliteException)
        {
            // What is wrong with the file, opening it will say.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A backup that reads the file, say: what is wiped is hygiene, and the list is in use.
            Log.NotWiped(_logger, e.GetType().Name);
        }
    }

    /// <summary>A reader keeps what was removed meanwhile from being wiped.</summary>
    private void EndReading()
    {
        lock (_lock)
        {
            _readers--;
            _writer?.TryWipe();
        }
    }

    private T Read<T>(Func<T> action, int opened)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (IsStoreFailure(e))
        {
            if (IsDamage(e)) SetAside(opened);
            throw Translate(e);
        }
    }

    /// <summary>Puts a damaged file out of the way, unless that was done since it was opened, by us or by another process.</summary>
    private void SetAside(int opened)
    {
        lock (_lock)
        {
            if (opened != _opened) return;
            Close();
            _opened++;
            using var reserved = StoreFile.Reserve(_path)
                ?? throw new ListStoreException("The list store is damaged, and stays where it is while another process has it open: restart that one.");
            if (!File.Exists(_path) || !IsStillDamaged()) return;
            StoreFile.SetAside(_path);
            Log.SetAside(_logger, StoreFile.Kept(_path));
        }
    }

    private bool IsStillDamaged()
    {
        try
        {
            using var writer = SqliteWriter.Open(_path, PageLimit);
            // What was found in a row is not seen by opening.
            return writer.FileId == _fileId;
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            return true;
        }
    }

    private void Tell(RescuedFeedback? rescued)
    {
        if (rescued is null) return;
        if (rescued.IsWhole) Log.FeedbackRescued(_logger, rescued.Words);
        else Log.FeedbackLost(_logger, rescued.Words, StoreFile.Kept(_path));
    }

    private void Close()
    {
        _writer?.Dispose();
        _share?.Dispose();
        (_writer, _share) = (null, null);
    }

    private static bool IsDamage(Exception? exception) => exception is SqliteException e && SqliteDatabase.IsDamage(e);

    private static bool IsStoreFailure(Exception exception) => exception is SqliteException or IOException or UnauthorizedAccessException;

    private static ListStoreException Translate(Exception exception) => exception switch
    {
        SqliteException e when SqliteDatabase.IsDamage(e) => new("The list store was damaged and is set aside; the next refresh reads its lists anew.", e),
        SqliteException { SqliteErrorCode: SqliteDatabase.Full } e => new("The list store's disk is full; what was stored before stays stored.", e),
        SqliteException e => new($"The list store could not be used: SQLite error {e.SqliteErrorCode}, extended {e.SqliteExtendedErrorCode}.", e),
        _ => new($"The list store's file could not be used: {exception.Message}", exception),
    };
}
