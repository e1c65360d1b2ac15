namespace TakeItDown.Matching.Pictures;

/// <summary>What a picture may cost.</summary>
/// <param name="MaximumPixels">The most pixels a header may promise.</param>
/// <param name="MaximumDecodeBytes">The most memory a decoder may need for one picture.</param>
internal readonly record struct DecodeLimits(long MaximumPixels, long MaximumDecodeBytes);
