using TakeItDown.Matching.Pictures.Vips;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>Decoders as a host makes them.</summary>
internal static class AnyDecoder
{
    public static VipsDecoder Vips() => new(Microsoft.Extensions.Options.Options.Create(new MatchingOptions()));
}
