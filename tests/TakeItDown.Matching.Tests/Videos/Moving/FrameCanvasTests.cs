using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Tests.Videos.Moving;

/// <summary>What a canvas shows is what a slow model shows that knows one pixel at a time; also where frames are passed over.</summary>
public class FrameCanvasTests
{
    private static readonly DecodeLimits Limits = new(1_000_000, 10_000_000);

    [Fact]
    public void Every_frame_is_shown_as_the_model_shows_it() => ForAny((scene, _) =>
    {
        var canvas = new FrameCanvas(scene.Width, scene.Height, Limits);
        var model = new Model(scene.Width, scene.Height);
        for (var i = 0; i < scene.Frames.Length; i++)
        {
            Draw(canvas, scene, i);
            Assert.True(canvas.IsComplete);
            Assert.Equal(model.Show(scene, i), canvas.Picture.Pixels.ToArray());
        }
    });

    [Fact]
    public void Frames_that_do_not_show_in_a_chosen_one_are_passed_over() => ForAny((scene, random) =>
    {
        var picture = new Scenery(scene);
        // So low a limit that not all can be afforded.
        var choice = FrameChoice.Of(picture, scene.Frames.Length * (FrameCost.Hashing(picture) + FrameCost.Decoding(picture, picture.Frames[0])) * random.NextDouble());
        var canvas = new FrameCanvas(scene.Width, scene.Height, Limits);
        var model = new Model(scene.Width, scene.Height);
        for (var i = 0; i < scene.Frames.Length; i++)
        {
            var shown = model.Show(scene, i);
            if (choice.Decodes(i)) Draw(canvas, scene, i);
            else canvas.Skip(scene.Frames[i]);
            if (choice.Looks(i)) Assert.Equal(shown, canvas.Picture.Pixels.ToArray());
            Assert.False(choice.Looks(i) && !choice.Decodes(i));
        }
    });

    [Fact]
    public void Grey_and_colours_without_alpha_hide_what_is_below()
    {
        var canvas = new FrameCanvas(2, 1, Limits);
        canvas.Start(new MovingFrame(0, 0, 2, 1, TimeSpan.Zero, IsBlended: true, FrameDisposal.Keep, 0, 0, IsCut: false));
        canvas.Write(0, [7, 8], PixelFormat.Grey8);
        Assert.Equal<byte>([7, 7, 7, 255, 8, 8, 8, 255], canvas.Picture.Pixels.ToArray());
        canvas.Write(0, [1, 2, 3, 4, 5, 6], PixelFormat.Rgb24);
        Assert.Equal<byte>([1, 2, 3, 255, 4, 5, 6, 255], canvas.Picture.Pixels.ToArray());
        canvas.Write(0, [9, 8, 7, 255, 1, 1, 1, 0], PixelFormat.Bgra32);
        Assert.Equal<byte>([7, 8, 9, 255, 4, 5, 6, 255], canvas.Picture.Pixels.ToArray());
    }

    [Fact]
    public void A_frame_of_another_size_than_promised_is_refused()
    {
        var canvas = new FrameCanvas(4, 4, Limits);
        canvas.Start(new MovingFrame(0, 0, 4, 4, TimeSpan.Zero, IsBlended: false, FrameDisposal.Keep, 0, 0, IsCut: false));
        canvas.Begin(4, 5);
        Assert.False(canvas.Wants(0));
        for (var row = 0; row < 5; row++) canvas.Write(row, new byte[4], PixelFormat.Grey8);
        Assert.False(canvas.IsComplete);
        Assert.All(canvas.Picture.Pixels.ToArray(), value => Assert.Equal(0, value));
        Assert.False(canvas.Accept(4, 4, Limits.MaximumDecodeBytes));
    }

    private static void ForAny(Action<Scene, System.Random> check) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new System.Random(seed);
            check(Scene.Make(random), random);
            return true;
        }));

    private static void Draw(FrameCanvas canvas, Scene scene, int frame)
    {
        canvas.Start(scene.Frames[frame]);
        var pixels = scene.Pixels[frame];
        canvas.Begin(pixels.Width, pixels.Height);
        for (var row = 0; row < pixels.Height; row++) canvas.Write(row, pixels.Pixels.AsSpan(row * pixels.Width * 4, pixels.Width * 4), PixelFormat.Rgba32);
    }

    private sealed class Scenery : MovingPicture
    {
        public Scenery(Scene scene)
        {
            (Width, Height) = (scene.Width, scene.Height);
            foreach (var frame in scene.Frames) Add(frame);
        }

        public override ImageFormat StillFormat => ImageFormat.WebP;

        protected override bool MayHaveAlpha => Frames.Exists(static frame => frame.IsBlended);

        public override void WriteStill(ReadOnlySpan<byte> content, MovingFrame frame, System.Buffers.ArrayBufferWriter<byte> still) => throw new NotSupportedException();
    }

    private sealed record Scene(int Width, int Height, MovingFrame[] Frames, RawPicture[] Pixels)
    {
        public static Scene Make(System.Random random)
        {
            int width = random.Next(1, 7), height = random.Next(1, 7);
            var frames = new MovingFrame[random.Next(1, 9)];
            var pixels = new RawPicture[frames.Length];
            for (var i = 0; i < frames.Length; i++)
            {
                var (x, y, w, h) = random.Next(2) == 0
                    ? (0, 0, width, height)
                    : (random.Next(-2, width + 2), random.Next(-2, height + 2), random.Next(1, width + 3), random.Next(1, height + 3));
                frames[i] = new MovingFrame(
                    x, y, w, h, TimeSpan.FromMilliseconds(random.Next(20, 2000)), random.Next(2) == 0, (FrameDisposal)random.Next(3), 0, 0, IsCut: false);
                pixels[i] = RawPicture.Noise(w, h, random, isOpaque: false);
            }
            return new Scene(width, height, frames, pixels);
        }
    }

    /// <summary>Follows the words of the specifications, a pixel at a time, with real numbers.</summary>
    private sealed class Model(int width, int height)
    {
        private byte[] _pixels = new byte[width * height * 4];
        private byte[] _before = [];

        public byte[] Show(Scene scene, int frame)
        {
            if (frame > 0)
            {
                var last = scene.Frames[frame - 1];
                if (last.Disposal == FrameDisposal.Restore) _pixels = _before;
                if (last.Disposal == FrameDisposal.Clear) ForEach(last, (at, _) => _pixels.AsSpan(at, 4).Clear());
            }
            _before = [.. _pixels];
            var (drawn, pixels) = (scene.Frames[frame], scene.Pixels[frame].Pixels);
            ForEach(drawn, (at, from) =>
            {
                var over = pixels.AsSpan(from, 4);
                var under = _pixels.AsSpan(at, 4);
                if (!drawn.IsBlended) over.CopyTo(under);
                else if (over[3] > 0) Over(over, under);
            });
            return _pixels;
        }

        private static void Over(Span<byte> over, Span<byte> under)
        {
            int above = over[3] * 255, below = (255 - over[3]) * under[3];
            for (var i = 0; i < 3; i++) under[i] = (byte)Math.Floor((((double)over[i] * above) + (under[i] * below) + ((above + below) / 2)) / (above + below));
            under[3] = (byte)Math.Floor((above + below + 127) / 255.0);
        }

        private void ForEach(MovingFrame frame, Action<int, int> work)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    int column = x - frame.Left, row = y - frame.Top;
                    if (column >= 0 && row >= 0 && column < frame.Width && row < frame.Height) work(((y * width) + x) * 4, ((row * frame.Width) + column) * 4);
                }
            }
        }
    }
}
