using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Pictures.Jpeg;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>JPEG by libvips, as on a machine that has no TurboJPEG: the same answers.</summary>
public class VipsJpegTests(ITestOutputHelper output)
{
    [Fact]
    public void GLib_is_the_one_that_libvips_works_with()
    {
        Assert.SkipUnless(AnyDecoder.Vips().Availability.IsAvailable, "libvips is not installed");
        var vips = Resolve(NativeLibraries.Vips);
        Assert.Equal(vips, Resolve(NativeLibraries.GObject));
        Assert.Equal(vips, Resolve(NativeLibraries.GLib));

        static nint Resolve(string library) => NativeLibraries.Resolve(library, typeof(NativeLibraries).Assembly, null);
    }

    [Theory]
    [InlineData("landscape.jpg")]
    [InlineData("landscape-cmyk.jpg")]
    [InlineData("landscape-exif6.jpg")]
    [InlineData("landscape-gray.jpg")]
    [InlineData("landscape-progressive.jpg")]
    [InlineData("fractal.jpg")]
    public void A_sound_file_is_whole_and_hashes_as_the_reference_has_it(string name)
    {
        var (status, hash) = Hash(AnyDecoder.Vips(), Fixtures.Read(name));
        Assert.Equal(DecodeStatus.Complete, status);
        Assert.Equal(Fixtures.Reference(name).Hash, hash);
    }

    [Fact]
    public void Inks_are_multiplied_out_whoever_wrote_the_file()
    {
        var adobe = Fixtures.Read("landscape-cmyk.jpg");
        var at = adobe.AsSpan().IndexOf("Adobe"u8);
        byte[] plain = [.. adobe.AsSpan(0, at - 4), .. adobe.AsSpan(at - 2 + ((adobe[at - 2] << 8) | adobe[at - 1]))];
        Assert.True(plain.Length < adobe.Length);
        Assert.Equal(Hash(new TurboJpegDecoder(), plain), Hash(AnyDecoder.Vips(), plain));
    }

    [Theory]
    [InlineData("landscape.jpg")]
    [InlineData("landscape-progressive.jpg")]
    [InlineData("landscape-gray.jpg")]
    public void A_damaged_file_does_not_pass_for_whole(string name)
    {
        var (damaged, passed) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var mutant = Mutate(Fixtures.Read(name), new Random(seed));
            if (Hash(new TurboJpegDecoder(), mutant).Status == DecodeStatus.Complete) continue;
            damaged++;
            if (Hash(AnyDecoder.Vips(), mutant).Status == DecodeStatus.Complete) passed++;
        }
        output.WriteLine($"{name}: of {damaged} damaged files, {passed} pass for whole");
        Assert.InRange(damaged, 100, 200);
        // What libjpeg says only at the end, of bytes that are left over, libvips does not hear.
        Assert.InRange(passed, 0, damaged * 2 / 5);
    }

    /// <summary>Cuts the file, or fills or moves a part of its data.</summary>
    private static byte[] Mutate(byte[] file, Random random)
    {
        var at = random.Next(file.Length / 4, file.Length - 512);
        var part = file.AsSpan(at, random.Next(16, 512));
        switch (random.Next(4))
        {
            case 0: return file[..at];
            case 1: part.Fill(byte.MaxValue); break;
            case 2: random.NextBytes(part); break;
            default: file.AsSpan(random.Next(file.Length / 4, file.Length - 512), part.Length).CopyTo(part); break;
        }
        return file;
    }

    [Fact]
    public void The_formats_of_this_machine_are_known_from_trying()
    {
        var decoder = AnyDecoder.Vips();
        Assert.SkipUnless(decoder.Availability.IsAvailable, "libvips is not installed");
        foreach (var name in (string[])["landscape.png", "landscape.gif", "landscape.webp", "landscape.tiff", "landscape.avif", "landscape.heic"])
        {
            var content = Fixtures.Read(name);
            var format = Matching.Input.MediaSniffer.Sniff(content).Image;
            Assert.Equal(decoder.CanDecode(format), Hash(decoder, content, format).Status == DecodeStatus.Complete);
        }
        Assert.False(decoder.CanDecode(ImageFormat.Bmp));
    }

    private static (DecodeStatus Status, PdqHash? Hash) Hash(IImageDecoder decoder, byte[] content, ImageFormat format = ImageFormat.Jpeg)
    {
        Assert.SkipUnless(decoder.Availability.IsAvailable, decoder.Name + " is not installed");
        using var sampler = new PictureSampler(new DecodeLimits(200_000_000, 256 << 20), allOrientations: false);
        var result = decoder.Decode(content, format, sampler, TestContext.Current.CancellationToken);
        return (result.Status, sampler.HasBegun ? PictureHash.Compute(sampler, 1, ScanReason.None, false).AsStored() : null);
    }
}
