namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>Reads one format's lines, in their order.</summary>
internal interface ILineParser
{
    /// <summary>Reads a line that is neither empty nor a comment. Whatever it holds, nothing is thrown but for a list that is too long.</summary>
    ReadOutcome Read(ReadOnlySpan<char> line, EntryCollector into);
}
