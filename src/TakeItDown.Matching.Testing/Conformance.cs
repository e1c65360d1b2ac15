using TakeItDown.Matching.Testing.Decoders;
using TakeItDown.Matching.Testing.Outboxes;
using TakeItDown.Matching.Testing.Sources;
using TakeItDown.Matching.Testing.Stores;

namespace TakeItDown.Matching.Testing;

/// <summary>The kits, one for each contract that a partner may implement.</summary>
public static class Conformance
{
    /// <summary>The rules of a list store.</summary>
    /// <param name="open">
    /// Opens a store at a place: a name of letters and digits, for a file or a schema say. An unknown place is empty. What is opened is disposed of, and of
    /// a place nothing is needed once the rule has run.
    /// </param>
    /// <param name="outlasts">Whether a place that is opened again holds what it held: false for a store that is gone with its process.</param>
    public static ConformanceKit ListStore(Func<string, IListStore> open, bool outlasts) => new(StoreRules.All(open, outlasts));

    /// <summary>The rules of a feedback outbox.</summary>
    /// <param name="open">As for <see cref="ListStore"/>.</param>
    /// <param name="outlasts">As for <see cref="ListStore"/>.</param>
    public static ConformanceKit FeedbackOutbox(Func<string, IFeedbackOutbox> open, bool outlasts) => new(OutboxRules.All(open, outlasts));

    /// <summary>The rules of a list source.</summary>
    /// <param name="open">Makes a source that reads a registry of at least two entries, which does not change while a rule runs. What is made is disposed of.</param>
    public static ConformanceKit ListSource(Func<IListSource> open) => new(SourceRules.All(open));

    /// <summary>The rules of an image decoder.</summary>
    /// <param name="open">Makes a decoder. What is made is disposed of.</param>
    /// <param name="picture">A whole file that it reads, of 32 x 32 to 2048 x 2048 pixels: a fractal or a landscape will do.</param>
    /// <param name="format">The file's format.</param>
    public static ConformanceKit ImageDecoder(Func<IImageDecoder> open, byte[] picture, ImageFormat format) => new(DecoderRules.All(open, picture, format));
}
