using Microsoft.Extensions.Options;
using TakeItDown.Matching.Content;
using TakeItDown.Matching.Floods;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Scanning;

/// <summary>Judges content: what the pipeline finds in it, pixels, or hashes that were computed before.</summary>
internal sealed class ContentScanner(
    ScanLists lists, MediaPipeline pipeline, FloodControl floods, MatchingInstruments instruments, IOptions<MatchingOptions> matching) : IContentScanner
{
    private static readonly ScanOptions Defaults = new();

    private readonly MatchingOptions _options = matching.Value;

    public ValueTask<ScanResult> ScanAsync(Stream content, ScanOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return ScanAsync((digests, token) => SpooledContent.ReadAsync(content, _options, digests, token), options, cancellationToken);
    }

    public ValueTask<ScanResult> ScanFileAsync(string path, ScanOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var isLent = options?.Keep is not null;
        return ScanAsync((digests, token) => SpooledContent.ReadFileAsync(path, _options, digests, isLent, token), options, cancellationToken);
    }

    public ScanResult Scan(PixelBuffer picture, ScanOptions? options = null)
    {
        var session = Begin(options);
        if (Hash(picture) is not { } hash)
        {
            session.Begin(MediaKind.Image, length: 0, []);
            session.Miss(Gap(ScanReason.TooManyPixels));
            return session.Decide();
        }
        session.Begin(MediaKind.Image, length: 0, [hash.AsStored().ToValue()]);
        session.AddPicture([.. hash.Looks]);
        // Whoever hands in pixels asks of them whatever the lists ask for.
        session.Finish(ContentStage.Bytes);
        return session.Decide();
    }

    public ScanResult Scan(ContentHashes hashes, ScanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        if (hashes is not { Settings: not null, Digests: not null, Looks: not null, Gaps: not null }) throw new ArgumentException("A part of the hashes is missing.", nameof(hashes));
        if (hashes.Digests.Any(static digest => digest.Kind is HashKind.None or HashKind.Pdq)) throw new ArgumentException("Among the digests is a hash that is none.", nameof(hashes));
        var session = Begin(options);
        ContentReplay.Replay(hashes, CurrentSettings.Of(_options), session);
        return session.Decide();
    }

    public ScanResult Scan(ReadOnlySpan<HashValue> hashes, ScanOptions? options = null)
    {
        foreach (ref readonly var hash in hashes)
        {
            if (hash.Kind == HashKind.None) throw new ArgumentException("A hash without a kind cannot be looked up.", nameof(hashes));
        }
        var session = Begin(options);
        session.Begin(MediaKind.Other, length: 0, hashes);
        if (hashes.IsEmpty) session.Miss(Gap(ScanReason.Empty));
        // A single picture is a video of one frame.
        var seen = new HashSet<PdqHash>();
        foreach (ref readonly var hash in hashes)
        {
            if (session.HasEnough) break;
            if (hash.Kind == HashKind.Pdq && PdqHash.FromValue(hash) is var frame && seen.Add(frame)) session.AddFrame([new PictureLook { Hash = frame, Part = seen.Count, Way = MatchWays.Whole }]);
        }
        if (seen.Count > 0) session.Finish(ContentStage.Bytes);
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

    private async ValueTask<ScanResult> ScanAsync(
        Func<HashKinds, CancellationToken, ValueTask<SpooledContent>> read, ScanOptions? options, CancellationToken cancellationToken)
    {
        var session = Begin(options);
        if (session.IsFutile) return session.Decide();

        using var content = await pipeline.RunAsync(read, session, instruments, cancellationToken).ConfigureAwait(false);
        var result = session.Decide();
        if (options?.Keep is { } keep && content is { IsOverLimit: false })
            await content.LendAsync(stream => keep(new ScannedContent(result, stream), cancellationToken)).ConfigureAwait(false);
        return result;
    }

    private static ContentGap Gap(ScanReason reason) => new() { Reason = reason, Stage = ContentStage.Bytes, Way = MatchWays.Whole };

    private ScanSession Begin(ScanOptions? options) => new(lists.Take(), floods, instruments, _options, options ?? Defaults);
}
