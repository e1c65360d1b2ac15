namespace TakeItDown.Matching;

/// <summary>Whether a decoder can work on this machine.</summary>
/// <param name="IsAvailable">Its native part was found and answers.</param>
/// <param name="Detail">Where available, its version; otherwise what to install.</param>
public readonly record struct DecoderAvailability(bool IsAvailable, string Detail)
{
    /// <summary>Whether nothing but time is lost without it, where another decoder reads the same formats.</summary>
    public bool IsOptional { get; init; }
}
