using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Decoding;

namespace TakeItDown.Matching.Hashing;

/// <summary>From the bytes of a picture to its hash: asks the decoders in turn, and survives whatever they do.</summary>
internal sealed partial class PictureHasher
{
    private readonly IImageDecoder[] _decoders;
    private readonly DecodeLimits _limits;
    private readonly ILogger<PictureHasher> _logger;

    public PictureHasher(IEnumerable<IImageDecoder> decoders, IOptions<MatchingOptions> options, ILogger<PictureHasher> logger)
    {
        // As with other services, the last one registered has precedence.
        _decoders = [.. decoders.Reverse()];
        _limits = new DecodeLimits(options.Value.MaximumPixels, options.Value.MaximumDecodeBytes);
        _logger = logger;
        foreach (var decoder in _decoders)
        {
            if (decoder.Availability is { IsAvailable: false } missing) LogMissing(decoder.Name, missing.Detail);
        }
    }

    public PictureHash Hash(ReadOnlySpan<byte> content, ImageFormat format, CancellationToken cancellationToken)
    {
        var reason = ScanReason.NoDecoder;
        foreach (var decoder in _decoders)
        {
            using var sampler = new PictureSampler(_limits);
            if (Decode(decoder, content, format, sampler, cancellationToken) is not { } result) continue;
            if (result.Status == DecodeStatus.Unsupported)
            {
                reason = ScanReason.Damaged;
                continue;
            }
            reason = ToReason(result.Status);
            if (!sampler.TryFinish(out var picture)) return PictureHash.Failed(reason == ScanReason.None ? ScanReason.Damaged : reason);
            if (reason == ScanReason.None && !sampler.IsComplete) reason = ScanReason.Damaged;
            return PictureHash.Compute(picture, result.ExifOrientation, reason);
        }
        return PictureHash.Failed(reason);
    }

    /// <summary>What a decoder made of it; null if the format is none of its own, or it cannot work here.</summary>
    private DecodeResult? Decode(
        IImageDecoder decoder, ReadOnlySpan<byte> content, ImageFormat format, PictureSampler sampler, CancellationToken cancellationToken)
    {
        try
        {
            if (!decoder.CanDecode(format) || !decoder.Availability.IsAvailable) return null;
            return decoder.Decode(content, format, sampler, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // What a user can upload never throws out of the library. The exception's text may quote the file; its type cannot.
            LogDecoderFailed(decoder.Name, exception.GetType().Name);
            return new DecodeResult(DecodeStatus.Undecodable);
        }
    }

    private static ScanReason ToReason(DecodeStatus status) => status switch
    {
        DecodeStatus.Complete => ScanReason.None,
        DecodeStatus.Truncated => ScanReason.Truncated,
        DecodeStatus.OverLimit => ScanReason.TooManyPixels,
        _ => ScanReason.Damaged,
    };

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The decoder {Decoder} is disabled: {Detail}. Pictures that only it can read will not be scannable.")]
    private partial void LogMissing(string decoder, string detail);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The decoder {Decoder} threw {Exception}; the picture is not scannable.")]
    private partial void LogDecoderFailed(string decoder, string exception);
}
