using Microsoft.Extensions.Options;
using TakeItDown.Matching.Content;
using TakeItDown.Matching.Floods;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Scanning;

/// <summary>Judges content: what the pipeline finds in it, pixels, or hashes that were computed before.</summary>
internal sealed class ContentScanner(
    ScanLists lists, MediaPipeline pipeline, FloodControl floods, MatchingInstruments instruments, IOptions<MatchingOptions> matching) : IContentScanner
{
    private static readonly ScanOptions Defaults = new();

    private readonly MatchingOptions _options = matching.Value;

    public async ValueTask<ScanResult> ScanAsync(Stream content, ScanOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var session = Begin(options);
        if (session.IsFutile) return session.Decide();

        var keep = options?.Keep;
        using var read = await pipeline.RunAsync(content, session, instruments, isKept: keep is not null, cancellationToken).ConfigureAwait(false);
        var result = session.Decide();
        if (keep is not null && read is { IsOverLimit: false })
            await read.LendAsync(stream => keep(new ScannedContent(result, stream), cancellationToken)).ConfigureAwait(false);
        return result;
    }

    public ScanResult Scan(PixelBuffer picture, ScanOptions? options = null)
    {
        var session = Begin(options);
        if (Hash(picture) is not { } hash)
        {
            session.Begin(MediaKind.Image, length: 0, []);
            session.Miss(new ContentGap(ScanReason.TooManyPixels, ContentStage.Bytes));
            return session.Decide();
        }
        session.Begin(MediaKind.Image, length: 0, [hash.AsStored().ToValue()]);
        session.AddPicture([.. hash.Looks]);
        session.Finish(ContentStage.Picture);
        return session.Decide();
    }

    public ScanResult Scan(ContentHashes hashes, ScanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        Check([.. hashes.Digests]);
        var session = Begin(options);
        ContentReplay.Replay(hashes, session);
        return session.Decide();
    }

    public ScanResult Scan(ReadOnlySpan<HashValue> hashes, ScanOptions? options = null)
    {
        Check(hashes);
        var session = Begin(options);
        session.Begin(MediaKind.Other, length: 0, hashes);
        if (hashes.IsEmpty) session.Miss(new ContentGap(ScanReason.Empty, ContentStage.Bytes));
        // A single picture is a video of one frame.
        var seen = new HashSet<PdqHash>();
        foreach (ref readonly var hash in hashes)
        {
            if (session.HasEnough) break;
            if (hash.Kind == HashKind.Pdq && PdqHash.FromValue(hash) is var frame && seen.Add(frame)) session.AddFrame([new PictureLook(frame)]);
        }
        if (seen.Count > 0) session.Finish(ContentStage.Frames);
        return session.Decide();
    }

    /// <summary>Hashes pixels; null if they are more than the limit, or than this machine has memory for.</summary>
    private PictureHash? Hash(PixelBuffer picture)
    {
        if ((long)picture.Width * picture.Height > _options.Decoding.MaximumPixels) return null;
        try
        {
            return PictureHash.Compute(picture, exifOrientation: 1, _options.AllOrientations);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    private static void Check(ReadOnlySpan<HashValue> hashes)
    {
        foreach (ref readonly var hash in hashes)
        {
            if (hash.Kind == HashKind.None) throw new ArgumentException("A hash without a kind cannot be looked up.", nameof(hashes));
        }
    }

    private ScanSession Begin(ScanOptions? options) => new(lists.Take(), floods, instruments, _options, options ?? Defaults);
}
