namespace TakeItDown.Matching.PublicApi.Tests.Snippets;

/// <summary>What docs/matching.md shows.</summary>
internal static class HashSnippets
{
    public static async Task<ScanResult> JudgeLaterAsync(IContentHasher hasher, IContentScanner scanner, string path, CancellationToken cancellationToken)
    {
        // snippet: later
        var hashes = await hasher.HashFileAsync(path, cancellationToken: cancellationToken);
        var result = scanner.Scan(hashes);
        // end of snippet
        return result;
    }
}
