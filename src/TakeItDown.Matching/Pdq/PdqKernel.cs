using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TakeItDown.Matching.Kernels;
using TakeItDown.Matching.Pdq.Lanes;

namespace TakeItDown.Matching.Pdq;

/// <summary>
/// From brightness to spectrum, the part of PDQ that costs time: blur, shrink to 64 x 64, measure the quality, transform. Every kernel gives
/// the same bits, because each keeps the order in which the reference adds, and none fuses a multiplication with an addition.
/// </summary>
internal abstract class PdqKernel
{
    /// <summary>The side of the shrunk picture.</summary>
    public const int Small = 64;

    /// <summary>Every kernel, fastest first by measurement: wider has always been faster.</summary>
    public static IReadOnlyList<Kernel<PdqKernel>> Table { get; } =
    [
        new(KernelWidth.Vector512, Vector512.IsHardwareAccelerated && Avx.IsSupported, new PdqVectorKernel<Lanes512>()),
        new(KernelWidth.Vector256, Vector256.IsHardwareAccelerated && Avx.IsSupported, new PdqVectorKernel<Lanes256>()),
        new(KernelWidth.Vector128, Vector128.IsHardwareAccelerated, new PdqVectorKernel<Lanes128>()),
        new(KernelWidth.Scalar, IsSupported: true, new PdqScalarKernel()),
    ];

    /// <summary>The kernel of this process.</summary>
    public static PdqKernel Best { get; } = KernelSelection.Choose(Table).Run;

    /// <summary>The 16 x 16 lowest spatial frequencies but the constant one.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="spectrum">Takes <see cref="PdqSpectrum.Length"/> values, rows of vertical frequencies; zeros for a picture too small to hash.</param>
    /// <returns>The quality, 0 to 100; 0 for a picture too small to hash.</returns>
    public int Transform(PdqPicture picture, Span<float> spectrum)
    {
        spectrum.Clear();
        if (!picture.IsHashable) return 0;
        Span<float> small = stackalloc float[Small * Small];
        Shrink(picture, small);
        var quality = Quality(small);
        Dct(small, spectrum);
        return quality;
    }

    /// <summary>The hash of a picture and its quality.</summary>
    public PdqResult Hash(PixelBuffer picture)
    {
        Span<float> spectrum = stackalloc float[PdqSpectrum.Length];
        var quality = Transform(PdqPicture.Sample(picture), spectrum);
        return new PdqResult(PdqSpectrum.ToHash(spectrum, Orientation.AsStored), quality);
    }

    /// <summary>Twice a box filter along rows and along columns, then 64 x 64 of the pixels.</summary>
    protected abstract void Shrink(PdqPicture picture, Span<float> small);

    /// <summary>How many significant steps of brightness there are.</summary>
    protected abstract int Quality(ReadOnlySpan<float> small);

    /// <summary>The discrete cosine transform, of the rows and columns 1 to 16.</summary>
    protected abstract void Dct(ReadOnlySpan<float> small, Span<float> spectrum);

    /// <summary>The box filter's window for a side: two passes of it cover the 1/64th of the side that becomes one pixel.</summary>
    public static int Window(int side) => (side + (2 * Small) - 1) / (2 * Small);

    /// <summary>Which of the pixels along a side becomes pixel <paramref name="index"/> of 64: the one at its centre.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Centre(int index, int side) => (int)((index + 0.5) * side / Small);

    /// <summary>What the reference makes of the sum of all steps; its authors chose the constants by trial.</summary>
    protected static int ScaleQuality(int steps) => Math.Min(steps / 90, 100);
}
