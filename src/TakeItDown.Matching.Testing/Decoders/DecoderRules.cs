namespace TakeItDown.Matching.Testing.Decoders;

/// <summary>Every rule of <see cref="IImageDecoder"/>.</summary>
internal static class DecoderRules
{
    private const int Mutations = 300;

    public static IEnumerable<Rule> All(Func<IImageDecoder> open, byte[] picture, ImageFormat format)
    {
        yield return Make("name", "A decoder has a name, and keeps it.", (decoder, _) =>
            Finding.Unless(!string.IsNullOrWhiteSpace(decoder.Name) && decoder.Name == decoder.Name, "It has none, or two."));
        yield return Make("available", "It is available here, and reads the format of the picture.", (decoder, _) =>
            Finding.Unless(decoder.Availability.IsAvailable && decoder.CanDecode(format), "It is not, or does not."));
        yield return Make("order", "Accept comes first, Begin once, then rows within the picture, long enough and of one format.", (decoder, _) =>
            Keeps(Decode(decoder, picture, format, new RecordingSink()).Sink));
        yield return Make("complete", "A whole picture is complete, with every row.", (decoder, _) =>
        {
            var (result, sink) = Decode(decoder, picture, format, new RecordingSink());
            Finding.Unless(result.Status == DecodeStatus.Complete, $"It is told to be {result.Status}.");
            Finding.Unless(sink.IsWhole, "Rows are missing.");
            Finding.Unless(result.ExifOrientation is >= 1 and <= 8, "The orientation is not from 1 to 8.");
        });
        yield return Make("wanted", "Rows that are wanted come, where others are not, too, as they are.", (decoder, _) =>
        {
            var all = Decode(decoder, picture, format, new RecordingSink()).Sink.Pixels.Split('\n');
            var (_, sink) = Decode(decoder, picture, format, new RecordingSink(every: 3));
            Finding.Unless(sink.IsWhole && sink.Pixels.Split('\n').All(all.Contains), "A wanted row is missing, or is another.");
        });
        yield return Make("over-limit", "Where Accept says no, the answer is OverLimit, and nothing more comes.", (decoder, _) =>
        {
            var (result, sink) = Decode(decoder, picture, format, new RecordingSink(accepts: false));
            Finding.Unless(result.Status == DecodeStatus.OverLimit, $"The answer is {result.Status}.");
            Finding.Unless(sink.Size == (0, 0), "It went on.");
        });
        yield return Make("repeats", "The same file gives the same pixels, also from several threads at once.", (decoder, token) =>
        {
            var expected = Decode(decoder, picture, format, new RecordingSink()).Sink.Pixels;
            Parallel.For(0, 16, new ParallelOptions { CancellationToken = token }, _ =>
                Finding.Unless(Decode(decoder, picture, format, new RecordingSink()).Sink.Pixels == expected, "They differ."));
        });
        yield return Make("truncated", "A file that is cut in its first nine tenths is never complete.", (decoder, token) =>
        {
            for (var part = 0; part < 18; part++)
            {
                token.ThrowIfCancellationRequested();
                var (result, sink) = Decode(decoder, picture.AsSpan(0, picture.Length * part / 20), format, new RecordingSink(keeps: false));
                Finding.Unless(result.Status != DecodeStatus.Complete, $"Cut at {part * 5} % it is.");
                Keeps(sink);
            }
        });
        yield return Make("hostile", "Damage to the file throws nothing, and breaks no order.", (decoder, token) =>
        {
            for (var seed = 0; seed < Mutations; seed++)
            {
                token.ThrowIfCancellationRequested();
                var damaged = Mutate(picture, seed);
                if (!damaged.AsSpan().SequenceEqual(picture)) Keeps(Decode(decoder, damaged, format, new RecordingSink(keeps: false)).Sink);
            }
        });

        Rule Make(string name, string promise, Action<IImageDecoder, CancellationToken> check) => new(name, promise, async cancellationToken =>
        {
            var place = new Place<IImageDecoder>(_ => open());
            await using (place.ConfigureAwait(false))
            {
                var decoder = place.Open();
                // Decoding blocks its thread.
                await Task.Run(() => check(decoder, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        });
    }

    private static (DecodeResult Result, RecordingSink Sink) Decode(IImageDecoder decoder, ReadOnlySpan<byte> content, ImageFormat format, RecordingSink sink) =>
        (decoder.Decode(content, format, sink, CancellationToken.None), sink);

    private static void Keeps(RecordingSink sink)
    {
        if (sink.Fault is { } fault) throw new Finding(fault);
    }

    /// <summary>Changes a few bytes, mostly near the beginning, where sizes stand. The same seed gives the same file.</summary>
    private static byte[] Mutate(byte[] picture, int seed)
    {
        var state = ((uint)seed * 2_654_435_761u) + 1;
        var copy = picture.ToArray();
        for (var changes = 1 + (seed % 4); changes > 0; changes--)
        {
            var range = Next() % 2 == 0 ? Math.Min(copy.Length, 128) : copy.Length;
            copy[Next() % range] = (byte)(seed % 3) switch { 0 => 0, 1 => 255, _ => (byte)Next() };
        }
        return copy;

        // Marsaglia's xorshift: any stream that is the same everywhere would do.
        int Next()
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            return (int)(state >> 1);
        }
    }
}
