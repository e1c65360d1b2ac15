using System.Buffers;

namespace TakeItDown.Matching.Pictures;

/// <summary>Memory for one copy of a picture, turned or laid on a background: taken once for a video, so that no frame leaves some behind.</summary>
internal sealed class FrameScratch
{
    // A pool would keep the memory of a huge frame for good.
    private const int LargestPooled = 32 << 20;

    private byte[] _bytes = [];
    private bool _isPooled;

    /// <summary>So many bytes, of any content; the same ones each time.</summary>
    public Span<byte> Take(int length)
    {
        if (_bytes.Length < length)
        {
            Return();
            _isPooled = length <= LargestPooled;
            _bytes = _isPooled ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
        }
        return _bytes.AsSpan(0, length);
    }

    /// <summary>Gives it back.</summary>
    public void Return()
    {
        if (_isPooled) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _isPooled) = ([], false);
    }
}
