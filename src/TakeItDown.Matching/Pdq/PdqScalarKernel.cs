using System.Buffers;

namespace TakeItDown.Matching.Pdq;

/// <summary>
/// The algorithm in its plainest form, operation for operation as the C++ reference performs it: what every other kernel is measured
/// against, in bits and in time.
/// </summary>
internal sealed class PdqScalarKernel : PdqKernel
{
    protected override void Shrink(PdqPicture picture, Span<float> small)
    {
        var (width, height) = (picture.Width, picture.Height);
        var rented = ArrayPool<float>.Shared.Rent(2 * width * height);
        var values = rented.AsSpan(0, width * height);
        Span<byte> pixels = stackalloc byte[PdqPicture.RowScratch];
        for (var row = 0; row < height; row++) PixelRow.ToLuma(picture.Row(row, pixels), picture.Format, values.Slice(row * width, width));
        // A picture of exactly 64 x 64 (a video frame, say) is taken as it is.
        if (width != Small || height != Small)
        {
            var scratch = rented.AsSpan(width * height, width * height);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var row = 0; row < height; row++) Box(values[(row * width)..], scratch[(row * width)..], width, 1, Window(width));
                for (var column = 0; column < width; column++) Box(scratch[column..], values[column..], height, width, Window(height));
            }
        }

        for (var i = 0; i < Small; i++)
        {
            for (var j = 0; j < Small; j++) small[(i * Small) + j] = values[(Centre(i, height) * width) + Centre(j, width)];
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>The mean of a sliding window, by a running sum. At both ends the window is cut short and the mean is of what is left.</summary>
    private static void Box(ReadOnlySpan<float> input, Span<float> output, int length, int step, int window)
    {
        var ahead = window / 2;
        var behind = window - ahead - 1;
        var sum = 0f;
        var count = 0;
        for (var next = 0; next < ahead; next++, count++) sum += input[next * step];
        for (var at = 0; at < length; at++)
        {
            // First the pixel that enters, then the one that leaves: rounding depends on it.
            if (at + ahead < length)
            {
                sum += input[(at + ahead) * step];
                count++;
            }
            if (at > behind)
            {
                sum -= input[(at - behind - 1) * step];
                count--;
            }
            output[at * step] = sum / count;
        }
    }

    protected override int Quality(ReadOnlySpan<float> small)
    {
        var steps = 0;
        for (var i = 0; i < Small; i++)
        {
            for (var j = 0; j < Small; j++)
            {
                var here = small[(i * Small) + j];
                if (i + 1 < Small) steps += Math.Abs((int)((here - small[((i + 1) * Small) + j]) * 100 / 255));
                if (j + 1 < Small) steps += Math.Abs((int)((here - small[(i * Small) + j + 1]) * 100 / 255));
            }
        }
        return ScaleQuality(steps);
    }

    protected override void Dct(ReadOnlySpan<float> small, Span<float> spectrum)
    {
        var matrix = PdqDctMatrix.Rows;
        Span<float> half = stackalloc float[PdqSpectrum.Side * Small];
        for (var i = 0; i < PdqSpectrum.Side; i++)
        {
            for (var j = 0; j < Small; j++)
            {
                var sum = 0f;
                for (var k = 0; k < Small; k++) sum += matrix[(i * Small) + k] * small[(k * Small) + j];
                half[(i * Small) + j] = sum;
            }
        }
        for (var i = 0; i < PdqSpectrum.Side; i++)
        {
            for (var j = 0; j < PdqSpectrum.Side; j++)
            {
                var sum = 0f;
                for (var k = 0; k < Small; k++) sum += half[(i * Small) + k] * matrix[(j * Small) + k];
                spectrum[(i * PdqSpectrum.Side) + j] = sum;
            }
        }
    }
}
