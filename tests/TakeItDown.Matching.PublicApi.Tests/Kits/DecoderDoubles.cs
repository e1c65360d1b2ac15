namespace TakeItDown.Matching.PublicApi.Tests.Kits;

/// <summary>A decoder as a partner would write one, of a format of its own that passes for a bitmap: width, height, grey pixels, and a byte at the end.</summary>
internal sealed class PartnerDecoder : IImageDecoder
{
    private const int Side = 32;

    private const byte End = 0xED;

    public string Name => "partner";

    public DecoderAvailability Availability => new(true, "1.0");

    public static byte[] Picture { get; } = [Side, Side, .. Enumerable.Range(0, Side * Side).Select(i => (byte)((i * 7) ^ (i / Side * 13))), End];

    public bool CanDecode(ImageFormat format) => format == ImageFormat.Bmp;

    public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
    {
        if (content.Length < 2 || content[0] == 0 || content[1] == 0) return new DecodeResult(DecodeStatus.Undecodable);
        var (width, height) = (content[0], content[1]);
        if (!sink.Accept(width, height, 0)) return new DecodeResult(DecodeStatus.OverLimit);
        sink.Begin(width, height);
        for (var row = 0; row < height; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (content.Length < 2 + ((row + 1) * width)) return new DecodeResult(DecodeStatus.Truncated);
            if (sink.Wants(row)) sink.Write(row, content.Slice(2 + (row * width), width), PixelFormat.Grey8);
        }
        return new DecodeResult(content.Length == 3 + (width * height) && content[^1] == End ? DecodeStatus.Complete : DecodeStatus.Damaged);
    }
}

/// <summary>A decoder in which one thing is wrong.</summary>
internal sealed class DecoderDouble : IImageDecoder
{
    public delegate DecodeResult Decoding(ReadOnlySpan<byte> content, IPictureSink sink, Func<IPictureSink, DecodeResult> decode);

    private readonly PartnerDecoder _inner = new();

    public Func<string>? Named { get; init; }

    public bool CanDecodeIt { get; init; } = true;

    public Decoding? Decoded { get; init; }

    public string Name => Named?.Invoke() ?? "double";

    public DecoderAvailability Availability => _inner.Availability;

    public bool CanDecode(ImageFormat format) => CanDecodeIt && _inner.CanDecode(format);

    public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
    {
        if (Decoded is null) return _inner.Decode(content, format, sink, cancellationToken);
        var copy = content.ToArray();
        return Decoded(content, sink, to => _inner.Decode(copy, format, to, cancellationToken));
    }
}

/// <summary>For each rule a decoder that breaks it, and no other.</summary>
internal static class DecoderDoubles
{
    public static Dictionary<string, Func<IImageDecoder>> All { get; } = new()
    {
        ["name"] = () =>
        {
            var asked = 0;
            return new DecoderDouble { Named = () => $"decoder {asked++}" };
        },
        ["available"] = () => new DecoderDouble { CanDecodeIt = false },
        ["order"] = () => new DecoderDouble
        {
            Decoded = (content, sink, decode) =>
            {
                var result = decode(sink);
                if (IsWhole(content) && result.Status == DecodeStatus.Complete) sink.Write(1000, content, PixelFormat.Grey8);
                return result;
            },
        },
        ["complete"] = () => Telling(DecodeStatus.Complete, DecodeStatus.Damaged),
        ["wanted"] = () => new DecoderDouble { Decoded = (_, sink, decode) => decode(new Lazy(sink)) },
        ["over-limit"] = () => Telling(DecodeStatus.OverLimit, DecodeStatus.Undecodable),
        ["repeats"] = () => new DecoderDouble { Decoded = new Crowded().Decode },
        ["truncated"] = () => Telling(DecodeStatus.Truncated, DecodeStatus.Complete),
        ["hostile"] = () => new DecoderDouble
        {
            Decoded = (content, sink, decode) => content.Length == PartnerDecoder.Picture.Length && !IsWhole(content) ? throw new InvalidOperationException("as careless code does") : decode(sink),
        },
    };

    private static DecoderDouble Telling(DecodeStatus instead, DecodeStatus status) => new()
    {
        Decoded = (_, sink, decode) => decode(sink) is var result && result.Status == instead ? new DecodeResult(status) : result,
    };

    private static bool IsWhole(ReadOnlySpan<byte> content) => content.SequenceEqual(PartnerDecoder.Picture);

    /// <summary>Hands over nothing behind the first row that nobody wants.</summary>
    private sealed class Lazy(IPictureSink inner) : IPictureSink
    {
        private bool _isOver;

        public bool Accept(long width, long height, long workingBytes) => inner.Accept(width, height, workingBytes);

        public void Begin(int width, int height) => inner.Begin(width, height);

        public bool Wants(int row) => !(_isOver |= !inner.Wants(row));

        public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format) => inner.Write(row, pixels, format);
    }

    /// <summary>Takes everything and keeps nothing.</summary>
    private sealed class Deaf : IPictureSink
    {
        public bool Accept(long width, long height, long workingBytes) => true;

        public void Begin(int width, int height) { }

        public bool Wants(int row) => false;

        public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format) { }
    }

    /// <summary>Keeps one picture for all threads: where two are at work, one gets the other's pixels.</summary>
    private sealed class Crowded
    {
        private readonly SemaphoreSlim _second = new(0);
        private int _inside;

        public DecodeResult Decode(ReadOnlySpan<byte> content, IPictureSink sink, Func<IPictureSink, DecodeResult> decode)
        {
            try
            {
                if (Interlocked.Increment(ref _inside) == 1)
                {
                    // Alone, nothing is wrong. Long enough for a second thread to come where there is one.
                    _second.Wait(TimeSpan.FromMilliseconds(5));
                    return decode(sink);
                }
                _second.Release();
                var result = decode(new Deaf());
                if (sink.Accept(1, 1, 0)) sink.Begin(1, 1);
                return result;
            }
            finally
            {
                Interlocked.Decrement(ref _inside);
            }
        }
    }
}
