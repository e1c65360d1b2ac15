using Microsoft.Extensions.Options;
using TakeItDown.Matching.Content;
using TakeItDown.Matching.Floods;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Pictures.Pages;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Videos;
using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Scanning;

/// <summary>The upload stream: spool and digest, look up, decode, hash, look up, decide.</summary>
internal sealed class ContentScanner(
    ScanLists lists, PictureHasher pictures, VideoHasher videos, DecodeQueue queue, FloodControl floods,
    MatchingInstruments instruments, IOptions<MatchingOptions> matching, TimeProvider time)
    : IContentScanner
{
    private static readonly ScanOptions Defaults = new();

    // The pages of a picture beyond the first may together have so many times the pixels that a picture may: 64 pages of a scanned document.
    private const int PageShare = 3;

    private readonly MatchingOptions _options = matching.Value;

    public async ValueTask<ScanResult> ScanAsync(Stream content, ScanOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var session = Begin(options);
        if (session.IsFutile) return session.Decide();

        using var clock = new ScanClock(_options.MaximumScanTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        SpooledContent? spooled = null;
        try
        {
            try
            {
                spooled = await ReadAsync(content, session, both.Token).ConfigureAwait(false);
                await ScanAsync(spooled, session, clock, both.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (clock.IsOver && !cancellationToken.IsCancellationRequested)
            {
                session.NotScannable(ScanReason.TimedOut);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The caller knows its own token, not the one that was linked to it.
                throw new OperationCanceledException(cancellationToken);
            }
            var result = session.Decide();
            if (options?.Keep is { } keep && spooled is { IsOverLimit: false })
                await spooled.LendAsync(stream => keep(new ScannedContent(result, stream), cancellationToken)).ConfigureAwait(false);
            return result;
        }
        finally
        {
            spooled?.Dispose();
        }
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
        var hash = PictureHash.Compute(picture, exifOrientation: 1, _options.AllOrientations);
        session.Place([hash.AsStored().ToValue()]);
        LookUp(hash, session);
        session.FinishPdq();
        return session.Decide();
    }

    public ScanResult Scan(ReadOnlySpan<HashValue> hashes, ScanOptions? options = null)
    {
        foreach (ref readonly var hash in hashes)
        {
            if (hash.Kind == HashKind.None) throw new ArgumentException("A hash without a kind cannot be looked up.", nameof(hashes));
        }
        var session = Begin(options);
        if (hashes.IsEmpty) session.NotScannable(ScanReason.Empty);
        session.Place(hashes);
        session.LookUpDigests(hashes);
        if (!session.IsDecided) session.LookUpFrames(hashes, new VideoTally(_options.MinimumQueryShare, _options.MinimumListedShare));
        return session.Decide();
    }

    private async ValueTask ScanAsync(SpooledContent content, ScanSession session, ScanClock clock, CancellationToken cancellationToken)
    {
        var media = MediaSniffer.Sniff(content.Head);
        (session.Media, session.Length) = (media.Kind, content.Length);
        if (content.IsOverLimit) session.NotScannable(ScanReason.TooManyBytes);
        else if (content.Length == 0) session.NotScannable(ScanReason.Empty);
        session.Place(content.Digests);
        LookUp(content.Digests, session);

        if (!content.IsOverLimit && content.Length > 0 && !session.IsDecided && session.JudgesPictures)
        {
            session.BeginPicture();
            if (media.Kind == MediaKind.Image && content.IsTooLongToUse(_options))
            {
                session.NotScannable(ScanReason.TooManyBytes);
                return;
            }
            if (media.Kind == MediaKind.Other) session.NotScannable(ScanReason.UnknownFormat);
            var moving = media.Kind == MediaKind.Image ? content.Use(media.Image, Animation.Sniff) : media.Video;
            if (media.Kind == MediaKind.Image)
                await ScanPictureAsync(content, media.Image, isFrame: moving != VideoFormat.None, session, clock, cancellationToken).ConfigureAwait(false);
            if (moving != VideoFormat.None && !session.IsDecided && session.ComparesPdq)
            {
                session.BeginVideo();
                // From here on the longer limit of videos holds.
                clock.Stop();
                await ScanVideoAsync(content, moving, session, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<SpooledContent> ReadAsync(Stream stream, ScanSession session, CancellationToken cancellationToken)
    {
        using var stage = instruments.Time(ScanStage.Read);
        return await SpooledContent.ReadAsync(stream, _options, session.DigestKinds, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ScanPictureAsync(
        SpooledContent content, ImageFormat format, bool isFrame, ScanSession session, ScanClock clock, CancellationToken cancellationToken)
    {
        if (!await EnterAsync(session, clock, cancellationToken).ConfigureAwait(false))
        {
            session.NotScannable(ScanReason.Busy);
            return;
        }
        try
        {
            var first = HashPicture(content, format, cancellationToken);
            // What costs too much or cannot be decoded at all has no further pages that anybody could look at.
            var pages = first.Reason is ScanReason.TooManyPixels or ScanReason.NoDecoder ? PicturePages.None : content.Use(format, pictures.FindPages);
            LookUp(first, session);
            if (pages != PicturePages.None && !session.IsDecided && session.ComparesPdq) LookUp(pages, content, format, session, cancellationToken);
            // Of a moving picture the frames are still to come, and may be less plain.
            if (!isFrame && (pages == PicturePages.None || session.ComparesPdq)) session.FinishPdq();
        }
        finally
        {
            queue.Leave();
        }
    }

    /// <summary>Looks up the pages of a picture beyond the first. It is too plain only if every page is.</summary>
    private void LookUp(PicturePages pages, SpooledContent content, ImageFormat format, ScanSession session, CancellationToken cancellationToken)
    {
        session.Way = MatchWays.FurtherPages;
        var budget = new PageBudget(PageShare * _options.MaximumPixels);
        foreach (var page in pages.Pages)
        {
            LookUp(HashPage(content, format, page, budget, cancellationToken), session);
            if (session.IsDecided || budget.IsExceeded) break;
        }
        if (pages.HasMore || budget.IsExceeded) session.NotScannable(ScanReason.TooManyFrames);
        if (pages.IsUncounted) session.NotScannable(ScanReason.NoDecoder);
        session.Way = MatchWays.Whole;
    }

    private PictureHash HashPage(SpooledContent content, ImageFormat format, PicturePage page, PageBudget budget, CancellationToken cancellationToken)
    {
        using var stage = instruments.Time(ScanStage.Picture);
        var hash = content.Use(
            (pictures, format, page, budget, cancellationToken),
            static (bytes, state) => state.pictures.Hash(bytes, state.format, state.page, state.budget, state.cancellationToken));
        if (budget.IsExceeded) return PictureHash.Failed(ScanReason.TooManyFrames);
        if (hash.Reason != ScanReason.None) instruments.DecodeFailed(MediaKind.Image, hash.Reason);
        return hash;
    }

    private async ValueTask<bool> EnterAsync(ScanSession session, ScanClock clock, CancellationToken cancellationToken)
    {
        if (!session.WaitsForTurn) return await queue.EnterAsync(isBatch: false, cancellationToken).ConfigureAwait(false);
        clock.Stop();
        var isTurn = await queue.EnterAsync(isBatch: true, cancellationToken).ConfigureAwait(false);
        clock.Go();
        return isTurn;
    }

    private PictureHash HashPicture(SpooledContent content, ImageFormat format, CancellationToken cancellationToken)
    {
        using var stage = instruments.Time(ScanStage.Picture);
        var hash = content.Use((pictures, format, cancellationToken), static (bytes, state) => state.pictures.Hash(bytes, state.format, state.cancellationToken));
        if (hash.Reason != ScanReason.None) instruments.DecodeFailed(MediaKind.Image, hash.Reason);
        return hash;
    }

    private async ValueTask ScanVideoAsync(SpooledContent content, VideoFormat format, ScanSession session, CancellationToken cancellationToken)
    {
        using var stage = instruments.Time(ScanStage.Video);
        var tally = new VideoTally(_options.MinimumQueryShare, _options.MinimumListedShare);
        var isPicture = session.Media == MediaKind.Image;
        var reason = await videos.HashAsync(content, format, LookUp, session.Progress, session.WaitsForTurn, cancellationToken).ConfigureAwait(false);
        if (isPicture) session.Way = MatchWays.FurtherPages;
        session.FinishVideo(tally);
        session.NotScannable(reason);
        session.FinishPdq();
        if (reason is not ScanReason.None and not ScanReason.TooPlain) instruments.DecodeFailed(MediaKind.Video, reason);

        bool LookUp(FrameHash frame)
        {
            if (isPicture) session.Way = frame.Time == TimeSpan.Zero ? MatchWays.Whole : MatchWays.FurtherPages;
            session.LookUpFrame(frame.Time, frame.ForLookup(_options.MinimumQuality), tally);
            return !session.IsDecided;
        }
    }

    private void LookUp(ReadOnlySpan<HashValue> digests, ScanSession session)
    {
        using var stage = instruments.Time(ScanStage.LookUp);
        session.LookUpDigests(digests);
    }

    /// <summary>Looks up a picture, or a page of one. What could be read of a damaged one may still match; if it does not, that says nothing.</summary>
    private void LookUp(PictureHash picture, ScanSession session)
    {
        session.NotScannable(picture.Reason);
        var looks = picture.Looks.Where(look => !look.IsTooPlain(_options.MinimumQuality)).ToArray();
        if (looks.Length == 0) return;
        using var stage = instruments.Time(ScanStage.LookUp);
        session.LookUpPdq(looks);
    }

    private ScanSession Begin(ScanOptions? options) => new(lists.Take(), floods, _options, options ?? Defaults);
}
