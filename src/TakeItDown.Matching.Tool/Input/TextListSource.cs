using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.Tool.Input;

/// <summary>A list that was read from a file.</summary>
internal sealed class TextListSource(IReadOnlyList<ListEntry> entries, TimeProvider time) : IListSource
{
    /// <summary>Whose entries they are: a file tells no members.</summary>
    public const string ListName = "file";

    private const int EntriesPerPage = 10_000;

    public string Name => ListName;

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        var first = true;
        foreach (var chunk in entries.Chunk(EntriesPerPage))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Page(chunk, first, completeThrough: null);
            first = false;
        }
        yield return Page([], first, time.GetUtcNow());
    }

    private static ListPage Page(IReadOnlyList<ListEntry> entries, bool startsOver, DateTimeOffset? completeThrough) =>
        new() { Cursor = ListName, StartsOver = startsOver, CompleteThrough = completeThrough, Upserts = entries };
}
