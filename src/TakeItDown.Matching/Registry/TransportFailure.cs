using System.Net.Sockets;

namespace TakeItDown.Matching.Registry;

/// <summary>What is told of a request that got no answer. The exceptions' own texts quote what they could not read, and that may hold hashes or secrets.</summary>
internal static class TransportFailure
{
    /// <summary>What went wrong, in words for an operator.</summary>
    public static string Describe(Exception exception)
    {
        var error = exception switch
        {
            HttpRequestException http => http.HttpRequestError,
            HttpIOException http => http.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        var text = error switch
        {
            HttpRequestError.NameResolutionError => "it could not be reached: its name is not known here",
            HttpRequestError.ConnectionError => "it could not be reached",
            HttpRequestError.SecureConnectionError => "it could not be reached securely: TLS failed, perhaps for its certificate",
            HttpRequestError.ProxyTunnelError => "it could not be reached: the proxy did not lead to it",
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "what answers does not keep to HTTP; perhaps a proxy spoils its answers",
            HttpRequestError.ConfigurationLimitExceeded => "its answer has more headers than are read",
            _ => "the connection to it broke off",
        };
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket) return $"{text} ({socket.SocketErrorCode})";
        }
        return text;
    }
}
