using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Pdq;
using TakeItDown.Matching.Pictures.Pages;

namespace TakeItDown.Matching.Pictures;

/// <summary>From the bytes of a picture to its hash: asks the decoders in turn, and survives whatever they do.</summary>
internal sealed partial class PictureHasher
{
    private readonly IImageDecoder[] _decoders;
    private readonly DecodeLimits _limits;
    private readonly bool _allOrientations;
    private readonly ILogger<PictureHasher> _logger;

    public PictureHasher(IEnumerable<IImageDecoder> decoders, IEnumerable<DecoderRank> ranks, IOptions<MatchingOptions> options, ILogger<PictureHasher> logger)
    {
        _decoders = DecoderRank.Sort(decoders, ranks);
        _limits = new DecodeLimits(options.Value.Decoding.MaximumPixels, options.Value.Decoding.MaximumDecodeBytes);
        _allOrientations = options.Value.AllOrientations;
        _logger = logger;
        var missed = _decoders.WhereMissed().ToHashSet();
        foreach (var decoder in _decoders.Where(static decoder => !decoder.Availability.IsAvailable))
        {
            if (missed.Contains(decoder)) LogMissing(decoder.Name, decoder.Availability.Detail);
            else LogSlower(decoder.Name, decoder.Availability.Detail);
        }
    }

    /// <summary>The decoders, in the order in which they are asked.</summary>
    public IReadOnlyList<IImageDecoder> Decoders => _decoders;

    public PictureHash Hash(ReadOnlySpan<byte> content, ImageFormat format, CancellationToken cancellationToken) => Hash(_decoders, content, format, cancellationToken);

    /// <summary>Hashes a page beyond the first.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="page">The page.</param>
    /// <param name="budget">What the pages beyond the first may cost together.</param>
    /// <param name="cancellationToken">Looked at between rows.</param>
    public PictureHash Hash(ReadOnlySpan<byte> content, ImageFormat format, PicturePage page, PageBudget budget, CancellationToken cancellationToken)
    {
        IEnumerable<IImageDecoder> decoders = page.Number is { } number ? _decoders.OfType<IPagedDecoder>().Select(decoder => decoder.ForPage(number)) : _decoders;
        return Hash(decoders.Select(decoder => new BudgetedDecoder(decoder, budget)), content[page.Offset..], format, cancellationToken);
    }

    /// <summary>The pages of a picture beyond the first.</summary>
    public PicturePages FindPages(ReadOnlySpan<byte> content, ImageFormat format) => PicturePages.Find(content, format, _decoders.OfType<IPagedDecoder>());

    /// <summary>Decodes a picture for somebody who takes its pixels.</summary>
    /// <returns>What kept it from being delivered whole; none if nothing did.</returns>
    public ScanReason Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
    {
        var reason = ScanReason.NoDecoder;
        foreach (var decoder in _decoders)
        {
            if (Decode(decoder, content, format, sink, cancellationToken) is not { } result) continue;
            if (result.Status != DecodeStatus.Unsupported) return ToReason(result.Status);
            reason = ScanReason.Damaged;
        }
        return reason;
    }

    private PictureHash Hash(IEnumerable<IImageDecoder> decoders, ReadOnlySpan<byte> content, ImageFormat format, CancellationToken cancellationToken)
    {
        var reason = ScanReason.NoDecoder;
        foreach (var decoder in decoders)
        {
            if (DecodeWithin(decoder, content, format, out var picture, cancellationToken) is not { } status) continue;
            if (status != DecodeStatus.Unsupported) return picture;
            reason = ScanReason.Damaged;
        }
        return PictureHash.Failed(reason);
    }

    private DecodeStatus? DecodeWithin(
        IImageDecoder decoder, ReadOnlySpan<byte> content, ImageFormat format, out PictureHash picture, CancellationToken cancellationToken)
    {
        try
        {
            return Decode(decoder, content, format, out picture, cancellationToken);
        }
        catch (OutOfMemoryException)
        {
            // Within the limits, yet more than this machine has.
            picture = PictureHash.Failed(ScanReason.TooManyPixels);
            return DecodeStatus.OverLimit;
        }
    }

    /// <summary>Decodes and hashes a picture; gives null if the format is none of the decoder's own, or it cannot work here.</summary>
    private DecodeStatus? Decode(
        IImageDecoder decoder, ReadOnlySpan<byte> content, ImageFormat format, out PictureHash picture, CancellationToken cancellationToken)
    {
        picture = PictureHash.Failed(ScanReason.Damaged);
        using var sampler = new PictureSampler(_limits, _allOrientations);
        if (Decode(decoder, content, format, sampler, cancellationToken) is not { } result) return null;
        if (!sampler.HasBegun || sampler.Covers(PdqSpectrum.FromExif(result.ExifOrientation)))
        {
            picture = Hash(sampler, result);
            return result.Status;
        }
        // Not before its result has the decoder said that viewers turn the picture, which is sampled elsewhere.
        using var turned = new PictureSampler(_limits, _allOrientations, result.ExifOrientation);
        if (Decode(decoder, content, format, turned, cancellationToken) is not { } again) return null;
        if (turned.Covers(PdqSpectrum.FromExif(again.ExifOrientation))) picture = Hash(turned, again);
        return again.Status;
    }

    private PictureHash Hash(PictureSampler sampler, DecodeResult result)
    {
        var reason = ToReason(result.Status);
        if (!sampler.HasBegun) return PictureHash.Failed(reason == ScanReason.None ? ScanReason.Damaged : reason);
        if (reason == ScanReason.None && !sampler.IsComplete) reason = ScanReason.Damaged;
        return PictureHash.Compute(sampler, result.ExifOrientation, reason, _allOrientations);
    }

    /// <summary>What a decoder made of it; null if the format is none of its own, or it cannot work here.</summary>
    private DecodeResult? Decode(
        IImageDecoder decoder, ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sampler, CancellationToken cancellationToken)
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

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The decoder {Decoder} is disabled: {Detail}. Pictures that only it can read will not be scannable.", EventName = "DecoderMissing")]
    private partial void LogMissing(string decoder, string detail);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "The decoder {Decoder} is disabled: {Detail}. Another reads the same, and takes longer.", EventName = "DecoderSlower")]
    private partial void LogSlower(string decoder, string detail);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The decoder {Decoder} threw {Exception}; the picture is not scannable.", EventName = "DecoderFailed")]
    private partial void LogDecoderFailed(string decoder, string exception);
}
