namespace TakeItDown.Matching;

/// <summary>Content that was read whole and scanned.</summary>
/// <param name="Result">The answer to the scan.</param>
/// <param name="Content">The content from its beginning, seekable. It is gone when the call returns.</param>
public readonly record struct ScannedContent(ScanResult Result, Stream Content)
{
    /// <summary>The verdict; nothing of the content.</summary>
    public override string ToString() => $"ScannedContent({Result})";
}
