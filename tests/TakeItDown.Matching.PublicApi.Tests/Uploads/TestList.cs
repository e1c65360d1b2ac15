using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace TakeItDown.Matching.PublicApi.Tests.Uploads;

/// <summary>A list that holds one content by its SHA-256.</summary>
internal sealed class TestList(string name, byte[] content) : IListSource
{
    public string Name => name;

    /// <summary>How long ago the list was complete; null for never.</summary>
    public TimeSpan? Age { get; init; } = TimeSpan.Zero;

    /// <summary>What the next refresh fails with; null if it does not.</summary>
    public ListSourceException? Failure { get; set; }

    /// <summary>Further hashes of the entry.</summary>
    public IReadOnlyList<HashValue> FurtherHashes { get; init; } = [];

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        if (Failure is { } failure) throw failure;
        yield return new ListPage
        {
            Cursor = "1",
            StartsOver = true,
            CompleteThrough = Age is { } age ? TimeProvider.System.GetUtcNow() - age : null,
            Upserts =
            [
                new ListEntry
                {
                    Key = new EntryKey("1", "one"), Media = MediaKind.Image, Hashes = [HashValue.FromBytes(HashKind.Sha256, SHA256.HashData(content)), .. FurtherHashes],
                },
            ],
        };
    }
}
