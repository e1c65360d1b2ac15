using System.Buffers;

namespace TakeItDown.Matching.Input;

/// <summary>A file of the platform's own, opened by its path and read where it is.</summary>
internal static class OwnFile
{
    private const int ChunkLength = 128 * 1024;

    /// <summary>Opens a file, which others may read and unlink meanwhile.</summary>
    public static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.Read | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    /// <summary>When the file was last written to.</summary>
    public static DateTime Written(FileStream file) => File.GetLastWriteTimeUtc(file.SafeFileHandle);

    /// <summary>Whether it is a video that only a child process reads. (Of an ASF, we read what it says of its length.)</summary>
    public static bool IsPlainVideo(FileStream file)
    {
        var head = new byte[MediaSniffer.HeadLength];
        var length = RandomAccess.Read(file.SafeFileHandle, head, fileOffset: 0);
        return MediaSniffer.Sniff(head.AsSpan(0, length)) is { Kind: MediaKind.Video, Video: not VideoFormat.Asf };
    }

    /// <summary>Copies a file into a private one, for those who must see its bytes in memory.</summary>
    /// <exception cref="IOException">It has become shorter.</exception>
    public static FileStream Copy(FileStream source, long length, string directory)
    {
        var copy = PrivateTempFile.Create(directory);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            for (var at = 0L; at < length;)
            {
                var read = RandomAccess.Read(source.SafeFileHandle, chunk.AsSpan(0, (int)Math.Min(ChunkLength, length - at)), at);
                if (read == 0) throw new IOException("The file was changed while it was looked at.");
                copy.Write(chunk, 0, read);
                at += read;
            }
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
