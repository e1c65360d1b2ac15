using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Pdq;
using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Photographs that are stored turned, as phones store them, have exactly the hash of the upright file as displayed.</summary>
public class TurnedPhotographTests(ITestOutputHelper output)
{
    [Fact]
    public Task Fixtures_turned_every_way_are_at_distance_0() => CompareAsync(TestData.Fixture("images"));

    [Fact]
    public Task Photographs_turned_every_way_are_at_distance_0() => CompareAsync(TestData.Conformance("pdq/images"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_decoder_of_a_partners_need_not_know_the_orientation_before_the_first_row(bool knows)
    {
        var picture = RasterPicture.Decode(Fixtures.Read("landscape.jpg"));
        for (var exif = 1; exif <= 8; exif++)
        {
            var decoder = new TurningDecoder(picture, exif, knows);
            await using var host = await ScanHost.StartAsync(
                options => options.PdqDistance = 0, builder => builder.Services.AddSingleton<IImageDecoder>(decoder), new FixedList("test", picture.Displayed(exif).Hash.ToValue()));
            Assert.Equal(exif == 1 ? Orientation.AsStored : Orientation.AsDisplayed, Assert.Single((await host.ScanAsync([0xFF, 0xD8, 0xFF])).Matches).Orientation);
            // Sampled from the left and the top, the upright picture is the transposed one, too.
            Assert.Equal(knows || exif is 1 or 5 ? 1 : 2, decoder.Decodes);
        }
    }

    [Fact]
    public async Task A_decoder_that_changes_its_mind_about_the_orientation_is_damaged()
    {
        var decoder = new TurningDecoder(RasterPicture.Decode(Fixtures.Read("landscape.jpg")), 2, knows: false) { IsFickle = true };
        await using var host = await ScanHost.StartAsync(null, builder => builder.Services.AddSingleton<IImageDecoder>(decoder), new FixedList("test", Fixtures.Far));
        var result = await host.ScanAsync([0xFF, 0xD8, 0xFF]);
        Assert.Equal((Verdict.NotScannable, ScanReason.Damaged), (result.Verdict, result.Reason));
    }

    private async Task CompareAsync(string folder)
    {
        await using var displaying = await ScanHost.WithAsync();
        await using var turning = await ScanHost.WithAsync(options => options.AllOrientations = true);
        var (looks, failures) = (0, new List<string>());
        foreach (var path in Directory.GetFiles(folder))
        {
            var content = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var picture = RasterPicture.Decode(content);
            var isJpeg = content is [0xFF, 0xD8, ..];
            for (var exif = 1; exif <= 8; exif++)
            {
                var expected = picture.Displayed(exif).Hash;
                var file = isJpeg ? OrientationTests.WithExif(content, exif, bigEndian: true) : TiffFile.Make(picture, exif);
                Check($"{Path.GetFileName(path)} with orientation {exif}", Hash(displaying, file), exif == 1 ? Orientation.AsStored : Orientation.AsDisplayed, expected);
            }
            var all = Hash(turning, isJpeg ? content : TiffFile.Make(picture, 1));
            foreach (var orientation in PdqSpectrum.DihedralOrder.ToArray())
                Check($"{Path.GetFileName(path)}, {orientation}", all, orientation, picture.Displayed(RasterPicture.Exif(orientation)).Hash);
        }
        output.WriteLine($"{looks} looks");
        Assert.Empty(failures);

        void Check(string what, PictureHash hash, Orientation orientation, PdqHash expected)
        {
            looks++;
            // One that looks the same both ways is looked up once; and the file may say itself that it is turned.
            var found = hash.Looks.Where(look => look.Orientation == orientation || look.Hash == expected).ToList();
            if (found.Count == 0 || found.Min(look => look.Hash.DistanceTo(expected)) > 0) failures.Add(what);
        }
    }

    private static PictureHash Hash(ScanHost host, byte[] content) =>
        host.Get<PictureHasher>().Hash(content, FormatOf(content), TestContext.Current.CancellationToken);

    private static ImageFormat FormatOf(byte[] content) => Matching.Input.MediaSniffer.Sniff(content).Image;

    /// <summary>Sees one picture in every file, stored so that viewers turn it.</summary>
    private sealed class TurningDecoder(RasterPicture picture, int exif, bool knows) : IImageDecoder
    {
        public int Decodes { get; private set; }

        public bool IsFickle { get; init; }

        public string Name => "turning";

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(ImageFormat format) => true;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
        {
            var orientation = ++Decodes > 1 && IsFickle ? 3 : exif;
            if (!sink.Accept(picture.Width, picture.Height, 0)) return new DecodeResult(DecodeStatus.OverLimit);
            if (knows) sink.Begin(picture.Width, picture.Height, orientation);
            else sink.Begin(picture.Width, picture.Height);
            sink.Write(picture.Buffer);
            return new DecodeResult(DecodeStatus.Complete, orientation);
        }
    }
}
