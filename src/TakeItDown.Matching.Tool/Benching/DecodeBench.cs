using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>From a JPEG file in memory to its PDQ hash, on one thread, against what libjpeg-turbo alone takes to decode it to grey.</summary>
internal static class DecodeBench
{
    public static async IAsyncEnumerable<Figure> RunAsync(BenchPlan plan)
    {
        using var services = ToolServices.Create(static _ => { });
        var pictures = services.GetRequiredService<PictureHasher>();
        foreach (var (name, width, height) in new[] { ("decode.jpeg.1mp", 1024, 768), ("decode.jpeg.12mp", 4032, 3024) })
        {
            var jpeg = SampleFiles.FindJpeg(plan.Files, width * height) ?? SampleFiles.Draw(width, height);
            using var alone = new GreyDecoder(jpeg);
            var (whole, decoding) = await plan.Runs.CompareAsync(() => pictures.Hash(jpeg, ImageFormat.Jpeg, plan.CancellationToken).AsStored(), alone.Decode);
            yield return new Figure(name, whole * 1e3, "ms", "libjpeg-turbo to grey", whole / decoding);
        }
    }
}
