namespace TakeItDown.Matching.Pictures;

/// <summary>When a decoder is asked, as it was registered.</summary>
/// <param name="Decoder">Its type.</param>
/// <param name="Order">See <see cref="DecoderOrder"/>.</param>
internal sealed record DecoderRank(Type Decoder, int Order)
{
    /// <summary>
    /// Brings decoders into the order in which they are asked: of equals, the last one registered has precedence, as with other services. One without an order
    /// goes first, or last if it was registered before any that has one.
    /// </summary>
    public static TDecoder[] Sort<TDecoder>(IEnumerable<TDecoder> decoders, IEnumerable<DecoderRank> ranks)
        where TDecoder : IDecoder
    {
        var orders = new Dictionary<Type, int>();
        foreach (var rank in ranks) orders[rank.Decoder] = rank.Order;
        var registered = decoders.ToArray();
        var firstRanked = Array.FindIndex(registered, decoder => orders.ContainsKey(decoder.GetType()));
        var ranked = registered.Select((decoder, place) => (
            Decoder: decoder,
            Order: orders.TryGetValue(decoder.GetType(), out var order) ? order : place < firstRanked ? DecoderOrder.Last : DecoderOrder.First));
        return [.. ranked.Reverse().OrderBy(each => each.Order).Select(each => each.Decoder)];
    }
}
