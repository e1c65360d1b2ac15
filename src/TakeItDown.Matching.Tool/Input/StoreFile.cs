using TakeItDown.Matching.Tool.Output;

namespace TakeItDown.Matching.Tool.Input;

/// <summary>The file that was named as a list store.</summary>
internal static class StoreFile
{
    private static ReadOnlySpan<byte> Signature => "SQLite format 3\0"u8;

    /// <summary>
    /// Refuses a file that is something else: the store would take it for a damaged one, rename it and begin anew, which is not what a mistyped
    /// path deserves. One that is absent or empty can become a store.
    /// </summary>
    /// <exception cref="UsageException">It is something else, or may not be read.</exception>
    public static void Check(FileInfo file)
    {
        if (!file.Exists || file.Length == 0) return;
        try
        {
            using var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[Signature.Length];
            if (content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(Signature)) return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("The list store may not be read.");
        }
        throw new UsageException("The file given with --store is no list store, and is left as it is. A text list is given with 'scan --list'.");
    }
}
