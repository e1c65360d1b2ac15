using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Decoding;
using TakeItDown.Matching.Hashing;
using TakeItDown.Matching.Hashing.Pdq;
using TakeItDown.Matching.Syncing;
using TakeItDown.Matching.Video;

namespace TakeItDown.Matching.Scanning;

/// <summary>The upload stream: spool and digest, look up, decode, hash, look up, decide.</summary>
internal sealed class ContentScanner(
    ListCatalog catalog, PictureHasher pictures, VideoHasher videos, DecodeQueue queue,
    IOptions<MatchingOptions> matching, IOptionsMonitor<SyncOptions> syncing, TimeProvider time)
    : IContentScanner
{
    private static readonly ScanOptions Defaults = new();
    private readonly MatchingOptions _options = matching.Value;

    public async ValueTask<ScanResult> ScanAsync(Stream content, ScanOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var session = Begin(options);
        if (session.ListReason == ScanReason.NeverSynced && session.Kinds == HashKinds.None) return session.Decide();

        using var timeout = new CancellationTokenSource(_options.MaximumScanTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await ScanAsync(content, session, timeout, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            session.NotScannable(ScanReason.TimedOut);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller knows its own token, not the one that was linked to it.
            throw new OperationCanceledException(cancellationToken);
        }
        return session.Decide();
    }

    public ScanResult Scan(PixelBuffer picture, ScanOptions? options = null)
    {
        var session = Begin(options);
        session.Media = MediaKind.Image;
        if ((long)picture.Width * picture.Height > _options.MaximumPixels)
        {
            session.NotScannable(ScanReason.TooManyPixels);
            return session.Decide();
        }
        using var luma = LumaPlane.FromPixels(picture);
        LookUp(PictureHash.Compute(luma, exifOrientation: 1, ScanReason.None), isFrame: false, session);
        return session.Decide();
    }

    public ScanResult Scan(ReadOnlySpan<HashValue> hashes, ScanOptions? options = null)
    {
        var session = Begin(options);
        if (hashes.IsEmpty) session.NotScannable(ScanReason.Empty);
        foreach (var hash in hashes)
        {
            if (hash.Kind == HashKind.None) throw new ArgumentException("A hash without a kind cannot be looked up.", nameof(hashes));
            if (hash.Kind == HashKind.Pdq) session.LookUpPdq([(null, PdqHash.FromValue(hash))], quality: null, isWhole: true);
            else session.LookUpDigest(hash);
            if (session.IsDecided) break;
        }
        return session.Decide();
    }

    private async ValueTask ScanAsync(Stream stream, ScanSession session, CancellationTokenSource timeout, CancellationToken cancellationToken)
    {
        using var content = await SpooledContent.ReadAsync(stream, _options, session.Kinds, cancellationToken).ConfigureAwait(false);
        var media = MediaSniffer.Sniff(content.Head);
        (session.Media, session.Length) = (media.Kind, content.Length);
        if (content.IsOverLimit) session.NotScannable(ScanReason.TooManyBytes);
        else if (content.Length == 0) session.NotScannable(ScanReason.Empty);
        foreach (var digest in content.Digests) session.LookUpDigest(digest);

        if (!content.IsOverLimit && content.Length > 0 && !session.IsDecided)
        {
            if (media.Kind == MediaKind.Other) session.NotScannable(ScanReason.UnknownFormat);
            var moving = media.Kind == MediaKind.Image ? content.Use(media.Image, Animation.Sniff) : media.Video;
            if (media.Kind == MediaKind.Image)
                await ScanPictureAsync(content, media.Image, isFrame: moving != VideoFormat.None, session, cancellationToken).ConfigureAwait(false);
            if (moving != VideoFormat.None && !session.IsDecided && session.Kinds.Contains(HashKind.Pdq))
            {
                // From here on the longer limit of videos holds.
                timeout.CancelAfter(Timeout.InfiniteTimeSpan);
                await ScanVideoAsync(content, moving, session, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask ScanPictureAsync(SpooledContent content, ImageFormat format, bool isFrame, ScanSession session, CancellationToken cancellationToken)
    {
        if (!await queue.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            session.NotScannable(ScanReason.Busy);
            return;
        }
        try
        {
            var hash = content.Use((pictures, format, cancellationToken), static (bytes, state) => state.pictures.Hash(bytes, state.format, state.cancellationToken));
            LookUp(hash, isFrame, session);
        }
        finally
        {
            queue.Leave();
        }
    }

    private async ValueTask ScanVideoAsync(SpooledContent content, VideoFormat format, ScanSession session, CancellationToken cancellationToken)
    {
        var tally = new VideoTally(_options.MinimumQueryShare, _options.MinimumListedShare);
        var reason = await videos.HashAsync(content, format, LookUp, session.Progress, cancellationToken).ConfigureAwait(false);
        session.FinishVideo(tally, isWhole: reason == ScanReason.None);
        session.NotScannable(reason);

        bool LookUp(FrameHash frame)
        {
            session.LookUpFrame(frame.Time, frame.ForLookup(_options.AllOrientations), frame.Frame.Quality, tally);
            return !session.IsDecided;
        }
    }

    /// <summary>Looks up a picture; if it is but the first frame of many, the others may yet be less plain.</summary>
    private void LookUp(PictureHash picture, bool isFrame, ScanSession session)
    {
        if (picture.Reason != ScanReason.None) session.NotScannable(picture.Reason);
        if (!picture.HasHash) return;
        if (picture.Quality < _options.MinimumQuality)
        {
            if (!isFrame) session.NotScannable(ScanReason.TooPlain);
            return;
        }
        // What could be read of a damaged picture may still match; if it does not, that says nothing.
        session.LookUpPdq(picture.ForLookup(_options.AllOrientations), picture.Quality, isWhole: picture.Reason == ScanReason.None);
    }

    private ScanSession Begin(ScanOptions? options)
    {
        var lists = catalog.Current;
        return new ScanSession(lists, _options.PdqDistance, Freshness(lists), options ?? Defaults);
    }

    /// <summary>Never synced outweighs stale: nothing at all is known of what that list holds.</summary>
    private ScanReason Freshness(ImmutableArray<ListSnapshot> lists)
    {
        if (lists.IsEmpty) return ScanReason.NeverSynced;
        var (now, maximumAge) = (time.GetUtcNow(), syncing.CurrentValue.MaximumAge);
        return lists.Min(list => list.FreshnessAt(now, maximumAge)) switch
        {
            ListFreshness.NeverSynced => ScanReason.NeverSynced,
            ListFreshness.Stale => ScanReason.Stale,
            _ => ScanReason.None,
        };
    }
}
