using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.Tests.Lists;

/// <summary>A source that plays the pages a test gave it; a null page is a failure.</summary>
internal sealed class ScriptedSource(string name) : IListSource
{
    private readonly Queue<ListPage?[]> _reads = new();

    public string Name => name;

    /// <summary>The cursors it was asked to go on from.</summary>
    public List<string?> Cursors { get; } = [];

    /// <summary>Called before each page.</summary>
    public Action? OnPage { get; set; }

    public Exception Failure { get; set; } = new ListSourceException("the registry is away");

    /// <summary>What the next read gives.</summary>
    public void Enqueue(params ListPage?[] pages) => _reads.Enqueue(pages);

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Cursors.Add(cursor);
        foreach (var page in _reads.Dequeue())
        {
            await Task.Yield();
            OnPage?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            yield return page ?? throw Failure;
        }
    }

    public static ListPage Page(string cursor, DateTimeOffset? completeThrough, params int[] entries) => new()
    {
        Upserts = [.. entries.Select(number => new ListEntry
        {
            Key = new EntryKey("42", $"{number}"),
            Media = MediaKind.Image,
            Hashes = [Hash(number)],
        })],
        Cursor = cursor,
        StartsOver = cursor == "1",
        CompleteThrough = completeThrough,
    };

    public static HashValue Hash(int number) => HashValue.FromBytes(HashKind.Md5, [.. BitConverter.GetBytes(number), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
}
