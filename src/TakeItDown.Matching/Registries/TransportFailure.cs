using System.Net.Security;
using System.Net.Sockets;

namespace TakeItDown.Matching.Registries;

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
            HttpRequestError.SecureConnectionError => $"it could not be reached securely: TLS failed, {DescribeTls(exception)}",
            HttpRequestError.ProxyTunnelError => Says(exception, "'407'")
                ? "it could not be reached: the proxy asks for credentials (407)" : "it could not be reached: the proxy did not lead to it",
            _ when AsksForCertificate(exception) => "it broke the connection off because it asks for a client certificate, or does not accept yours",
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => $"what answers does not keep to HTTP; perhaps a proxy spoils its answers{CertificateHint}",
            HttpRequestError.ConfigurationLimitExceeded => "its answer has more headers than are read",
            _ => $"the connection to it broke off{CertificateHint}",
        };
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket) return $"{text} ({socket.SocketErrorCode})";
        }
        return text;
    }

    /// <summary>Over HTTP/2 nothing else is left of it.</summary>
    private const string CertificateHint = ", as it does where a registry asks for a client certificate and gets none";

    private static string DescribeTls(Exception exception) =>
        Says(exception, nameof(SslPolicyErrors.RemoteCertificateNameMismatch)) ? "since its certificate is for another name; correct Root"
        : Says(exception, "certificate chain") || Says(exception, nameof(SslPolicyErrors.RemoteCertificateChainErrors))
            ? "since its certificate is not trusted here; a proxy that looks into TLS puts its own in its place, and its authority must be trusted then"
        : AsksForCertificate(exception) ? "since it asks for a client certificate, or does not accept yours"
        : "perhaps for its certificate, or because it asks for one of yours";

    /// <summary>The alerts by which servers tell it; those of TLS before 1.3 have other causes, too.</summary>
    private static bool AsksForCertificate(Exception exception) => Says(exception, "alert certificate") || Says(exception, "alert bad certificate");

    /// <summary>Whether the exceptions' texts, which are not told, hold a word.</summary>
    private static bool Says(Exception exception, string word)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause.Message.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
