using System.Runtime.CompilerServices;
using TakeItDown.Matching.Registries.HashFiles;

namespace TakeItDown.Matching.Tool.Input;

/// <summary>A list that was read from a file.</summary>
internal sealed class TextListSource(ListReading reading, TimeProvider time) : IListSource
{
    public string Name => HashFilePages.Member;

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var page in HashFilePages.Of(reading.Entries.Build(HashFilePages.Member), Name, after: 0, rejected: 0, time.GetUtcNow()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }
    }
}
