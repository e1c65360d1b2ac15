using System.Buffers.Binary;

namespace TakeItDown.Matching.Decoding;

/// <summary>What the container of a moving WebP says of it.</summary>
/// <param name="Width">Columns of the canvas, 1 to 2^24.</param>
/// <param name="Height">Rows of the canvas, 1 to 2^24.</param>
/// <param name="Starts">When each frame is shown.</param>
/// <param name="Duration">How long all are shown, once.</param>
internal sealed record WebPAnimation(int Width, int Height, IReadOnlyList<TimeSpan> Starts, TimeSpan Duration)
{
    // Browsers show a frame of up to 10 ms for 100 ms.
    private const int ShortestTime = 10;
    private const int UsualTime = 100;

    /// <summary>Reads the sizes and times of a WebP that begins with a VP8X chunk.</summary>
    public static WebPAnimation Read(ReadOnlySpan<byte> webP)
    {
        const int Header = 12, ChunkHeader = 8, Canvas = 24, FrameTime = 12;
        var starts = new List<TimeSpan>();
        var end = TimeSpan.Zero;
        for (long at = Header; at + ChunkHeader <= webP.Length;)
        {
            var chunk = webP[(int)at..];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("ANMF"u8) && chunk.Length >= ChunkHeader + FrameTime + 3)
            {
                starts.Add(end);
                var time = Read24(chunk[(ChunkHeader + FrameTime)..]);
                end += TimeSpan.FromMilliseconds(time > ShortestTime ? time : UsualTime);
            }
            at += ChunkHeader + length + (length & 1);
        }
        return webP.Length < Canvas + 6 ? new WebPAnimation(1, 1, [], end) : new WebPAnimation(1 + Read24(webP[Canvas..]), 1 + Read24(webP[(Canvas + 3)..]), starts, end);
    }

    private static int Read24(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes) | (bytes[2] << 16);
}
