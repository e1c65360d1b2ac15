namespace TakeItDown.Matching.Pictures;

/// <summary>When a decoder is asked, as it was registered.</summary>
/// <param name="Decoder">Its type.</param>
/// <param name="Order">See <see cref="DecoderOrder"/>.</param>
internal sealed record DecoderRank(Type Decoder, int Order)
{
    /// <summary>Brings decoders into the order in which they are asked: of equals, the last one registered has precedence, as with other services.</summary>
    public static TDecoder[] Sort<TDecoder>(IEnumerable<TDecoder> decoders, IEnumerable<DecoderRank> ranks)
        where TDecoder : IDecoder
    {
        var orders = new Dictionary<Type, int>();
        foreach (var rank in ranks) orders[rank.Decoder] = rank.Order;
        return [.. decoders.Reverse().OrderBy(decoder => orders.GetValueOrDefault(decoder.GetType(), DecoderOrder.First))];
    }
}
