using Microsoft.Extensions.Options;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Videos;
using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Content;

/// <summary>Computes what a scan would look up, of every kind, and looks nothing up.</summary>
internal sealed class ContentHasher(PictureHasher pictures, VideoHasher videos, DecodeQueue queue, IOptions<MatchingOptions> options) : IContentHasher
{
    public async ValueTask<ContentHashes> HashAsync(Stream content, IProgress<VideoProgress>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var spooled = await SpooledContent.ReadAsync(content, options.Value, HashKinds.Digests, cancellationToken).ConfigureAwait(false);
        var media = MediaSniffer.Sniff(spooled.Head);
        var isTooLong = spooled.IsOverLimit || (media.Kind == MediaKind.Image && spooled.IsTooLongToUse(options.Value));
        var picture = spooled switch
        {
            _ when isTooLong => PictureHash.Failed(ScanReason.TooManyBytes),
            { Length: 0 } => PictureHash.Failed(ScanReason.Empty),
            _ when media.Kind == MediaKind.Image => await HashPictureAsync(spooled, media.Image, cancellationToken).ConfigureAwait(false),
            _ => PictureHash.Failed(media.Kind == MediaKind.Video ? ScanReason.None : ScanReason.UnknownFormat),
        };
        var moving = isTooLong ? VideoFormat.None : media.Kind == MediaKind.Image ? spooled.Use(media.Image, Animation.Sniff) : media.Video;
        var frames = new List<VideoFrame>();
        var reason = picture.Reason;
        if (moving != VideoFormat.None)
        {
            var videoReason = await videos.HashAsync(spooled, moving, Keep, progress, isBatch: true, cancellationToken).ConfigureAwait(false);
            if (reason == ScanReason.None) reason = videoReason;
        }
        return new ContentHashes
        {
            Media = media.Kind,
            Length = spooled.Length,
            Digests = spooled.Digests,
            Pdq = picture.HasHash ? new PdqResult(picture.AsStored(), picture.Quality) : null,
            Dihedral = picture.HasHash ? picture.Dihedral() : [],
            Frames = frames,
            Reason = reason,
        };

        bool Keep(FrameHash frame)
        {
            // A frame may be good enough on a background only.
            if (frame.Frame.Quality >= options.Value.MinimumQuality) frames.Add(new VideoFrame(frame.Time, frame.Frame.AsStored(), frame.Frame.Quality));
            return true;
        }
    }

    private async ValueTask<PictureHash> HashPictureAsync(SpooledContent content, ImageFormat format, CancellationToken cancellationToken)
    {
        if (!await queue.EnterAsync(isBatch: true, cancellationToken).ConfigureAwait(false)) return PictureHash.Failed(ScanReason.Busy);
        try
        {
            return content.Use((pictures, format, cancellationToken), static (bytes, state) => state.pictures.Hash(bytes, state.format, state.cancellationToken));
        }
        finally
        {
            queue.Leave();
        }
    }
}
