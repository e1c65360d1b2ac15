namespace TakeItDown.Matching;

/// <summary>When a decoder is asked: in ascending order, and of equals the one that was registered last.</summary>
public static class DecoderOrder
{
    /// <summary>Before the built-in decoders: for a decoder that is registered without an order.</summary>
    public const int First = 0;

    /// <summary>The first of the built-in decoders; they go up to <see cref="Last"/>.</summary>
    public const int BuiltIn = 100;

    /// <summary>After the built-in decoders: for what they leave.</summary>
    public const int Last = 1000;
}
