using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching;

namespace TrimmedHost;

/// <summary>A list of one entry: the hashes of a file.</summary>
internal sealed class OwnList(IServiceProvider services, string path) : IListSource
{
    public string Name => "own";

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var file = File.OpenRead(path);
        var hashes = await services.GetRequiredService<IContentHasher>().HashAsync(file, cancellationToken);
        HashValue[] all = hashes.Pdq is { } pdq ? [.. hashes.Digests, pdq.Hash.ToValue()] : [.. hashes.Digests];
        yield return new ListPage
        {
            StartsOver = cursor is null,
            Cursor = "1",
            CompleteThrough = TimeProvider.System.GetUtcNow(),
            Upserts = [new ListEntry { Key = new EntryKey("7", "1"), Media = hashes.Media, Hashes = all }],
        };
    }
}

/// <summary>A decoder of a platform's own, which reads nothing.</summary>
internal sealed class NoDecoder : IImageDecoder
{
    public string Name => "none";

    public DecoderAvailability Availability => new(IsAvailable: true, "");

    public bool CanDecode(ImageFormat format) => false;

    public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken) =>
        new(DecodeStatus.Unsupported);
}
