namespace TakeItDown.Matching.Pictures.Vips;

/// <summary>
/// Which formats the libvips that is here reads. Builds differ: many leave out HEVC, for its patents, but load HEIC all the same and fail at the first
/// pixel, as if the file were damaged. So a tiny picture is decoded once.
/// </summary>
internal static unsafe class VipsFormats
{
    // A grey square of 64 x 64, by heif-enc.
    private const string Heic =
        "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAUJtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAA" +
        "Imlsb2MAAAAAREAAAQABAAAAAAFmAAEAAAAAAAAADgAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAwmlwcnAAAACkaXBjbwAAAHhodmND" +
        "AQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmubgQEDAgA" +
        "AAMACAAAAwAIQCIAAQAHRAHBcrAiQAAAABRpc3BlAAAAAAAAAEAAAABAAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAoMAAAAWbWRhdAAA" +
        "AAooAa8EGPxK15vA";

    private const string Avif =
        "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAA" +
        "Imlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAGwAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlwcnAAAABLaXBjbwAAABNjb2xy" +
        "bmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAABAAAAAQAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAACNtZGF0" +
        "EgAKCRgVf/2CBAQNCDIMHkA////EALcR4rvA";

    /// <summary>Those that libvips is asked for.</summary>
    public static ImageFormat[] All { get; } = [.. Enum.GetValues<ImageFormat>().Where(static format => VipsLoader.For(format) is not null)];

    /// <summary>Tries each; libvips has been started.</summary>
    public static ImageFormat[] Find() => [.. All.Where(IsRead)];

    /// <summary>What to tell an operator of those that are not read; empty if there are none.</summary>
    public static string Lacking(ImageFormat[] read)
    {
        var lacking = All.Except(read).Select(static format => format == ImageFormat.Heif ? "HEIC" : format.ToString()).ToArray();
        return lacking.Length == 0 ? "" : $"; it cannot read {string.Join(", ", lacking)}";
    }

    private static bool IsRead(ImageFormat format)
    {
        if (VipsLoader.For(format) is not { } loader) return false;
        var operation = LibVips.NewOperation(loader.Operation);
        if (operation != 0) GObject.Unref(operation);
        LibVips.ClearErrors();
        return operation != 0 && format switch
        {
            ImageFormat.Heif => IsDecoded(loader, Convert.FromBase64String(Heic)),
            ImageFormat.Avif => IsDecoded(loader, Convert.FromBase64String(Avif)),
            _ => true,
        };
    }

    private static bool IsDecoded(VipsLoader loader, byte[] picture)
    {
        fixed (byte* data = picture)
        {
            var source = LibVips.SourceFromMemory(data, (nuint)picture.Length);
            if (source == 0) return false;
            try
            {
                using var stored = VipsImage.Run(loader.Operation, "source", LibVips.SourceType(), source, loader.Options);
                using var converted = stored?.ToEightBits();
                return converted is not null && converted.ReadRows(new Everything(), isInks: false, CancellationToken.None);
            }
            finally
            {
                GObject.Unref(source);
                LibVips.ClearErrors();
            }
        }
    }

    private sealed class Everything : IPictureSink
    {
        public bool Accept(long width, long height, long workingBytes) => true;

        public void Begin(int width, int height) { }

        public bool Wants(int row) => true;

        public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format) { }
    }
}
