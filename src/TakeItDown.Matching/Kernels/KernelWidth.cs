namespace TakeItDown.Matching.Kernels;

/// <summary>How many bits of data one instruction of a kernel works on. The numbers are what <see cref="KernelSelection.Variable"/> takes.</summary>
internal enum KernelWidth
{
    /// <summary>No SIMD: the code that says what the result is.</summary>
    Scalar = 0,

    /// <summary>SSE, NEON.</summary>
    Vector128 = 128,

    /// <summary>AVX2.</summary>
    Vector256 = 256,

    /// <summary>AVX-512.</summary>
    Vector512 = 512,
}
