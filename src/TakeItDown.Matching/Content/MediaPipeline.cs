using Microsoft.Extensions.Options;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Pictures.Pages;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Videos;
using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Content;

/// <summary>From bytes to hashes: spool and digest, sniff, wait for a turn, decode, hash. Scanners and hashers are its sinks.</summary>
internal sealed class MediaPipeline(
    PictureHasher pictures, VideoHasher videos, DecodeQueue queue, IOptions<MatchingOptions> matching, TimeProvider time)
{
    // The pages of a picture beyond the first may together have so many times the pixels that a picture may: 64 pages of a scanned document.
    private const int PageShare = 3;

    private readonly MatchingOptions _options = matching.Value;

    /// <summary>Looks at content, within the time that a scan may take, and gives all that is found to a sink.</summary>
    /// <param name="read">Reads it, with these digests; called once.</param>
    /// <param name="sink">Takes what is found.</param>
    /// <param name="instruments">Measures the stages; null where nobody does.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The content, which the caller disposes of; null where reading it took too long.</returns>
    public async ValueTask<SpooledContent?> RunAsync(
        Func<HashKinds, CancellationToken, ValueTask<SpooledContent>> read, IContentSink sink, MatchingInstruments? instruments, CancellationToken cancellationToken)
    {
        using var clock = new ScanClock(_options.MaximumScanTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        SpooledContent? content = null;
        ContentRun? run = null;
        try
        {
            using (instruments?.Time(ScanStage.Read))
                content = await read(sink.DigestKinds, both.Token).ConfigureAwait(false);
            run = new ContentRun(content, sink, instruments, clock, both.Token);
            await LookAsync(run).ConfigureAwait(false);
            return content;
        }
        catch (OperationCanceledException) when (clock.IsOver && !cancellationToken.IsCancellationRequested)
        {
            if (run is not null) run.MissRest(ScanReason.TimedOut);
            else sink.Miss(new ContentGap { Reason = ScanReason.TimedOut, Stage = ContentStage.Bytes, Way = MatchWays.Whole });
            return content;
        }
        catch (Exception exception)
        {
            content?.Dispose();
            // The caller knows its own token, not the one that was linked to it.
            if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested) throw new OperationCanceledException(cancellationToken);
            throw;
        }
    }

    private async ValueTask LookAsync(ContentRun run)
    {
        var (content, sink) = (run.Content, run.Sink);
        var media = MediaSniffer.Sniff(content.Head);
        sink.Begin(media.Kind, content.Length, content.Digests);
        if (content.IsOverLimit) run.Miss(ScanReason.TooManyBytes);
        else if (content.Length == 0) run.Miss(ScanReason.Empty);
        else if (!sink.HasEnough && sink.Wants(ContentStage.Picture)) await LookAtAsync(media, run).ConfigureAwait(false);
    }

    private async ValueTask LookAtAsync(MediaType media, ContentRun run)
    {
        var (content, sink) = (run.Content, run.Sink);
        run.Stage = ContentStage.Picture;
        if (media.Kind == MediaKind.Image && content.IsTooLongToUse(_options))
        {
            run.Miss(ScanReason.TooManyBytes);
            return;
        }
        if (media.Kind == MediaKind.Other) run.Miss(ScanReason.UnknownFormat);
        var moving = media.Kind == MediaKind.Image ? content.Use(media.Image, Animation.Sniff) : media.Video;
        run.IsMoving = moving != VideoFormat.None;
        if (media.Kind == MediaKind.Image) await LookAtPictureAsync(media.Image, run).ConfigureAwait(false);
        if (!run.IsMoving || sink.HasEnough || !sink.Wants(ContentStage.Frames)) return;
        run.Stage = ContentStage.Frames;
        // From here on the longer limit of videos holds.
        run.Clock.Stop();
        await LookAtFramesAsync(media.Kind, moving, run).ConfigureAwait(false);
    }

    private async ValueTask LookAtPictureAsync(ImageFormat format, ContentRun run)
    {
        if (!await EnterAsync(run).ConfigureAwait(false))
        {
            run.Miss(ScanReason.Busy);
            return;
        }
        try
        {
            var reason = HashPicture(format, run);
            // What costs too much or cannot be decoded at all has no further pages that anybody could look at.
            var pages = reason is ScanReason.TooManyPixels or ScanReason.NoDecoder ? PicturePages.None : run.Content.Use(format, pictures.FindPages);
            var wantsPages = run.Sink.Wants(ContentStage.Pages);
            if (pages != PicturePages.None && !run.Sink.HasEnough && wantsPages) HashPages(pages, format, run);
            // Of a moving picture the frames are still to come, and may be less plain.
            if (!run.IsMoving && (pages == PicturePages.None || wantsPages)) run.Sink.Finish(ContentStage.Picture);
        }
        finally
        {
            queue.Leave();
        }
    }

    private async ValueTask<bool> EnterAsync(ContentRun run)
    {
        if (!run.Sink.WaitsForTurn) return await queue.EnterAsync(isBatch: false, run.Token).ConfigureAwait(false);
        run.Clock.Stop();
        var isTurn = await queue.EnterAsync(isBatch: true, run.Token).ConfigureAwait(false);
        run.Clock.Go();
        return isTurn;
    }

    private ScanReason HashPicture(ImageFormat format, ContentRun run)
    {
        PictureHash hash;
        using (run.Instruments?.Time(ScanStage.Picture))
            hash = run.Content.Use((pictures, format, run.Token), static (bytes, state) => state.pictures.Hash(bytes, state.format, state.Token));
        if (hash.Reason != ScanReason.None) run.Instruments?.DecodeFailed(MediaKind.Image, hash.Reason);
        run.Add(hash);
        if (hash.HasHash && run.Sink.WantsDihedral) run.Sink.AddDihedral(hash.Dihedral());
        return hash.Reason;
    }

    /// <summary>Looks at the pages of a picture beyond the first.</summary>
    private void HashPages(PicturePages pages, ImageFormat format, ContentRun run)
    {
        run.Stage = ContentStage.Pages;
        var budget = new PageBudget(PageShare * _options.Decoding.MaximumPixels);
        foreach (var page in pages.Pages)
        {
            run.Add(HashPage(format, page, budget, run));
            if (run.Sink.HasEnough || budget.IsExceeded) break;
        }
        if (pages.HasMore || budget.IsExceeded) run.Miss(ScanReason.TooManyFrames);
        if (pages.IsUncounted) run.Miss(ScanReason.NoDecoder);
        run.Stage = ContentStage.Picture;
    }

    private PictureHash HashPage(ImageFormat format, PicturePage page, PageBudget budget, ContentRun run)
    {
        using var stage = run.Instruments?.Time(ScanStage.Picture);
        var hash = run.Content.Use(
            (pictures, format, page, budget, run.Token),
            static (bytes, state) => state.pictures.Hash(bytes, state.format, state.page, state.budget, state.Token));
        if (budget.IsExceeded) return PictureHash.Failed(ScanReason.TooManyFrames);
        if (hash.Reason != ScanReason.None) run.Instruments?.DecodeFailed(MediaKind.Image, hash.Reason);
        return hash;
    }

    private async ValueTask LookAtFramesAsync(MediaKind media, VideoFormat format, ContentRun run)
    {
        using var stage = run.Instruments?.Time(ScanStage.Video);
        // Of a moving picture, the first frame is what the picture is; the others are further ones.
        var further = media == MediaKind.Image ? MatchWays.FurtherPages : MatchWays.Whole;
        var sawFirst = false;
        var reason = await videos.HashAsync(run.Content, format, Add, run.Sink.Progress, run.Sink.WaitsForTurn, run.Token).ConfigureAwait(false);
        run.Content.ThrowIfChanged();
        // What goes wrong before anything of the first frame was seen is not about further ones only.
        if (reason != ScanReason.None) run.Miss(reason, sawFirst ? further : MatchWays.Whole);
        run.Sink.Finish(ContentStage.Frames);
        if (reason is not ScanReason.None and not ScanReason.TooPlain) run.Instruments?.DecodeFailed(MediaKind.Video, reason);

        bool Add(FrameHash frame)
        {
            var isFirst = frame.Time == TimeSpan.Zero;
            sawFirst |= isFirst;
            run.Add(frame, isFirst ? MatchWays.Whole : further, _options.MinimumQuality);
            return !run.Sink.HasEnough;
        }
    }
}
